// What was typed into a form is there again when somebody comes back to it, in this tab alone. Pages of the console are
// not kept by browsers, so that nobody sees them after a sign-out: without this, going back would lose it.
export function keepTyped (form) {
  const key = `typed:${location.pathname}${location.search}`
  const [navigation] = performance.getEntriesByType('navigation')
  if (['back_forward', 'reload'].includes(navigation?.type)) fill(form, JSON.parse(sessionStorage.getItem(key) ?? '[]'))
  else sessionStorage.removeItem(key)
  const keep = () => {
    const typed = [...new FormData(form)].filter(([name]) => name !== 'csrf_token')
    sessionStorage.setItem(key, JSON.stringify(typed))
  }
  form.addEventListener('input', keep)
  form.addEventListener('submit', keep)
}

function fill (form, typed) {
  if (!typed.length) return
  for (const field of form.elements) {
    if (!field.name || field.name === 'csrf_token') continue
    const values = typed.filter(([name]) => name === field.name).map(([, value]) => value)
    if (['checkbox', 'radio'].includes(field.type)) field.checked = values.includes(field.value)
    else if (values.length) field.value = values[0]
  }
}
