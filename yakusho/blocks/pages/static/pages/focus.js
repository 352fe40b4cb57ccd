// After an error the summary takes the focus, otherwise the first field of a form with data-focus; a link into the summary takes the focus to the field itself.
const summary = document.querySelector('.errors[role="alert"]');
const first = document.querySelector('[data-focus] :is(input:not([type=hidden]), select, textarea)');
if (summary) summary.focus();
else if (first) first.focus();

document.addEventListener('click', (event) => {
  const link = event.target.closest('.errors a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.scrollIntoView({ block: 'center' });
  const inner = field.matches('input, select, textarea, button') ? field : field.querySelector('input, select, textarea, button');
  (inner || field).focus({ preventScroll: true });
});
