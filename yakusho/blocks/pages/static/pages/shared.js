// 次の方へ: at a shared screen nothing of the last person stays. <body data-idle="300"> ends by itself after so many seconds
// without a key or a touch, after a warning of two minutes that any key takes back.
const leaving = document.querySelector('[data-next-person]');
const seconds = Number(document.body.dataset.idle || 0);
const warning = document.querySelector('[data-idle-warning]');
let last = Date.now();

function wipe() {
  for (const form of document.forms) if (!form.contains(leaving)) form.reset();
  try { sessionStorage.clear(); } catch { /* a browser without storage has nothing to clear */ }
}

if (leaving) {
  leaving.closest('form').addEventListener('submit', wipe);
  if (seconds) {
    for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, () => { last = Date.now(); });
    setInterval(() => {
      const quiet = (Date.now() - last) / 1000;
      if (warning) warning.hidden = quiet < seconds - 120;
      if (quiet >= seconds) { wipe(); leaving.click(); }
    }, 1000);
  }
}

// A page kept by the browser for its back button is asked for anew, so that the next person cannot page back into it.
addEventListener('pageshow', (event) => { if (event.persisted && leaving) location.reload(); });
