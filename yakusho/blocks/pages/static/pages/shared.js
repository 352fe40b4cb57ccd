// 次の方へ: at a shared screen nothing of the last person stays. A screen without a key or a touch warns two minutes before its
// session ends and then ends it; a screen on which somebody types tells the server that they are still here.
const leaving = document.querySelector('[data-next-person]');
const idle = document.querySelector('[data-idle]');
const MINUTE = 60_000;
let touched = Date.now();
let told = Date.now();

function wipe() {
  for (const form of document.forms) if (!form.contains(leaving)) form.reset();
  try { sessionStorage.clear(); } catch { /* a browser without storage has nothing to clear */ }
}

function tell() {
  told = Date.now();
  const token = document.querySelector('[name=csrfmiddlewaretoken]');
  if (token) fetch(idle.dataset.stillHere, { method: 'POST', headers: { 'X-CSRFToken': token.value } }).catch(() => {});
}

function watch() {
  const limit = Number(idle.dataset.idle) * 1000;
  const warning = idle.querySelector('[data-idle-warning]');
  const quiet = Date.now() - touched;
  warning.hidden = quiet < limit - 2 * MINUTE;
  if (quiet >= limit) { wipe(); leaving.click(); }
  else if (touched > told && Date.now() - told > MINUTE) tell();
}

if (leaving) leaving.closest('form').addEventListener('submit', wipe);
if (leaving && idle) {
  for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, () => { touched = Date.now(); });
  setInterval(watch, 1000);
}

// A page kept by the browser for its back button is asked for anew, so that the next person cannot page back into it.
addEventListener('pageshow', (event) => { if (event.persisted && leaving) location.reload(); });
