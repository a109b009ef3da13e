// Makes pages nicer where there is a script. Nothing needs it.
import { initAll } from '/assets/govuk-frontend.min.js'

initAll()
document.querySelectorAll('textarea[data-names]').forEach(pickNames)

// A field of names, one on each line, becomes a list that names are added to and taken off. The field stays what is sent.
function pickNames (field) {
  const names = [...document.getElementById(field.dataset.names).options].map((option) => option.value)
  const known = new Map(names.map((name) => [name.toLowerCase(), name]))
  const list = make('ul', { className: 'console-picked' })
  const told = make('div', { className: 'govuk-visually-hidden' })
  told.setAttribute('role', 'status')
  const typed = make('input', { type: 'text', className: 'govuk-input', autocomplete: 'off' })
  typed.setAttribute('list', field.dataset.names)
  const add = make('button', { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: 'Add' })
  const row = make('div', { className: 'console-picker' })
  row.append(typed, add)

  // The label, the hint and an error now belong to the new field.
  const hidden = make('textarea', { name: field.name, hidden: true })
  typed.id = field.id
  typed.setAttribute('aria-describedby', field.getAttribute('aria-describedby') ?? '')
  field.replaceWith(list, row, told, hidden)
  field.value.split('\n').forEach(take)
  typed.value = ''

  add.addEventListener('click', () => { take(typed.value); typed.value = ''; typed.focus() })
  typed.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') { event.preventDefault(); add.click() }
  })
  // A choice from the list is complete: no need for the button.
  typed.addEventListener('input', () => { if (known.has(typed.value.toLowerCase())) add.click() })
  typed.form.addEventListener('submit', () => { if (typed.value.trim()) take(typed.value) })
  document.querySelectorAll(`[data-adds-to="${hidden.name}"]`).forEach((area) => {
    const button = make('button', { type: 'button', className: 'console-areas__one', textContent: area.textContent })
    button.addEventListener('click', () => take(button.textContent))
    area.replaceWith(button)
  })

  function take (text) {
    const name = known.get(text.trim().toLowerCase()) ?? text.trim()
    if (!name || lines().includes(name)) return
    const item = make('li', { className: 'console-picked__one', textContent: name })
    const off = make('button', { type: 'button', className: 'console-picked__off', textContent: '×' })
    off.setAttribute('aria-label', `Take ${name} off`)
    off.addEventListener('click', () => { item.remove(); keep(); told.textContent = `${name} is taken off`; typed.focus() })
    item.append(off)
    item.dataset.name = name
    list.append(item)
    keep()
    told.textContent = `${name} is added`
  }
  function lines () { return [...list.children].map((item) => item.dataset.name) }
  function keep () { hidden.value = lines().join('\n') }
}

function make (tag, properties) { return Object.assign(document.createElement(tag), properties) }
