import { make, voice } from './dom.js'

const AT_MOST = 8

// A field of names, one on each line, becomes a type-ahead whose choices gather above it; of a field of one line the
// last choice counts. What was the field stays what is sent.
export function pickNames (field, accessibleAutocomplete) {
  const names = [...document.getElementById(field.dataset.names).options].map((option) => option.value)
  const known = new Map(names.map((name) => [name.toLowerCase(), name]))
  const picked = make('ul', { className: 'console-picked' })
  const told = voice()
  const place = make('div', { className: 'console-picker' })
  const sent = make('textarea', { name: field.name, hidden: true })
  const about = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText.trim())

  field.replaceWith(picked, place, told, sent)
  accessibleAutocomplete({
    element: place,
    id: field.id,
    name: '',
    minLength: 2,
    autoselect: true,
    confirmOnBlur: false,
    // Over what follows: a button that moves as the list goes away would not be pressed.
    displayMenu: 'overlay',
    inputClasses: 'govuk-input',
    source: (typed, show) => {
      show(matches(names, typed).slice(0, AT_MOST))
      // On a phone they would come up under the screen's edge, or its keyboard.
      setTimeout(() => place.querySelector('[role=listbox]').scrollIntoView({ block: 'nearest' }), 50)
    },
    templates: { inputValue: () => '', suggestion: escaped },
    tAssistiveHint: () => [...about, 'When there are names to choose, use up and down to look at them and enter to choose.'].join(' '),
    onConfirm: (name) => { if (name) take(name) }
  })
  field.value.split('\n').forEach(take)
  told.textContent = ''
  // Enter is for choosing: a name that nothing has must not send the form.
  place.addEventListener('keydown', (event) => { if (event.key === 'Enter' && typed().value.trim()) event.preventDefault() })
  // What was typed and not chosen counts too: the server says if it means nothing.
  sent.form.addEventListener('submit', () => take(typed().value))

  function typed () { return document.getElementById(field.id) }

  function take (text) {
    const name = known.get(text.trim().toLowerCase()) ?? text.trim()
    if (!name || lines().includes(name)) return
    const off = make('button', { type: 'button', className: 'console-picked__off', textContent: '×' })
    off.setAttribute('aria-label', `Remove ${name}`)
    const item = make('li', { className: 'console-picked__one' }, make('span', { textContent: name }), off)
    item.dataset.name = name
    off.addEventListener('click', () => {
      item.remove()
      keep(`${name} is removed`)
      typed().focus()
    })
    if (field.tagName === 'INPUT') picked.replaceChildren()
    picked.append(item)
    keep(`${name} is added`)
  }

  function lines () { return [...picked.children].map((item) => item.dataset.name) }

  function keep (said) {
    sent.value = lines().join('\n')
    sent.dispatchEvent(new Event('input', { bubbles: true }))
    told.textContent = said
  }
}

// Names with all the words that are typed, as beginnings of theirs; first those that begin with what is typed.
function matches (names, typed) {
  const said = typed.trim().toLowerCase()
  const words = said.split(/\s+/)
  const found = names.filter((name) => {
    const theirs = name.toLowerCase().split(/[\s(,-]+/)
    return words.every((word) => theirs.some((one) => one.startsWith(word)))
  })
  const first = found.filter((name) => name.toLowerCase().startsWith(said))
  return [...first, ...found.filter((name) => !first.includes(name))]
}

// The type-ahead takes HTML.
function escaped (name) { return make('p', { textContent: name }).innerHTML }
