// Keys of the desk, all declared in the page: data-key on what a key presses or focuses, data-rows on a table body,
// data-escape on the way out. A page without this script has the same acts by Tab and Enter.
const fields = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), select, textarea';

function press(target) {
  if (target.matches(fields)) { target.focus(); if (target.select) target.select(); } else target.click();
}

function rows() {
  const body = document.querySelector('[data-rows]');
  return body ? [...body.rows] : [];
}

function choose(list, at) {
  const row = list[Math.max(0, Math.min(at, list.length - 1))];
  if (!row) return;
  for (const other of list) other.removeAttribute('data-current');
  row.setAttribute('data-current', '');
  document.querySelectorAll('[data-row-detail]').forEach((detail, number) => { detail.hidden = number !== list.indexOf(row); });
  const link = row.querySelector('a, button, input');
  if (link) { link.focus({ preventScroll: true }); row.scrollIntoView({ block: 'nearest' }); }
}

function move(event, list, now) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { choose(list, now < 0 ? (step > 0 ? 0 : list.length - 1) : now + step); return true; }
  if (/^[1-9]$/.test(event.key) && list[event.key - 1]) { choose(list, event.key - 1); return true; }
  return false;
}

function escape(typing) {
  const way = document.querySelector('[data-escape]');
  if (typing) { document.activeElement.blur(); return true; }
  if (way) way.click();
  return Boolean(way);
}

function showKeys() {
  const bar = document.querySelector('.keys');
  if (!bar) return;
  bar.toggleAttribute('data-all');
  bar.setAttribute('tabindex', '-1');
  bar.focus();
}

function declared(event) {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return [...document.querySelectorAll('[data-key]')].find((one) =>
    (one.dataset.key.length === 1 ? one.dataset.key.toLowerCase() : one.dataset.key) === name
    && Boolean(one.dataset.alt !== undefined) === event.altKey);
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const typing = document.activeElement.matches(fields);
  const list = rows();
  const now = list.findIndex((row) => row.hasAttribute('data-current'));
  const named = event.key.length > 1;
  let done = false;
  if (event.key === 'Escape') done = escape(typing);
  else if (typing && event.key === 'ArrowDown' && document.activeElement.type === 'search') done = move(event, list, -1);
  else if (!typing || named || event.altKey) {
    const target = declared(event);
    if (target) { press(target); done = true; }
    else if (!typing) done = event.key === '?' ? (showKeys(), true) : move(event, list, now);
  }
  if (done) event.preventDefault();
});
