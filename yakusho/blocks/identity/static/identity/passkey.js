// パスキー: asks our server for a challenge, the browser for its answer, and sends the answer as an ordinary form.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function question(form) {
  const headers = { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(form.dataset.options, { method: 'POST', headers, credentials: 'same-origin' });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function use(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) };
  return navigator.credentials.get({ publicKey });
}

function make(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), excludeCredentials: listed(options.excludeCredentials) };
  publicKey.user = { ...options.user, id: bytes(options.user.id) };
  return navigator.credentials.create({ publicKey });
}

function plain(credential) {
  const { response } = credential;
  const given = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[name]) given[name] = text(response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: given, clientExtensionResults: {} });
}

async function ask(form) {
  const failed = form.querySelector('[data-passkey-failed]');
  failed.hidden = true;
  try {
    const asked = await question(form);
    const credential = await (form.dataset.passkey === 'make' ? make : use)(asked.options);
    form.elements.question.value = asked.question;
    form.elements.answer.value = plain(credential);
    form.submit();
  } catch {
    failed.hidden = false;
    failed.focus();
  }
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.addEventListener('submit', (event) => { event.preventDefault(); ask(form); });
}
