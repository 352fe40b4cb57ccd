// <body data-exit="address">: Shift three times within five seconds, or the link with data-leave, blanks the screen and leaves.
const away = document.body.dataset.exit;
const pressed = [];

function leave() {
  document.body.replaceChildren();
  location.replace(away);
}

if (away) {
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') { pressed.length = 0; return; }
    pressed.push(event.timeStamp);
    if (pressed.length >= 3 && event.timeStamp - pressed[pressed.length - 3] < 5000) leave();
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-leave]')) { event.preventDefault(); leave(); }
  });
}
