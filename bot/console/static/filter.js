import { make, voice } from './dom.js'

const LONG = 12

// A long list gets a field above it, which leaves in sight only what has the words typed. What is ticked stays ticked.
export function filterList (list) {
  const items = [...(list.tBodies?.[0].rows ?? list.children)]
  if (items.length <= LONG) return
  const id = `filter-${list.dataset.filter}`
  const label = make('label', { className: 'govuk-label', htmlFor: id, textContent: 'Find an office in this list' })
  const typed = make('input', { id, type: 'search', className: 'govuk-input govuk-!-width-two-thirds', autocomplete: 'off' })
  const told = voice()
  list.before(make('div', { className: 'govuk-form-group' }, label, typed), told)
  typed.addEventListener('input', () => {
    const said = typed.value.trim().toLowerCase()
    items.forEach((item) => { item.hidden = !item.textContent.toLowerCase().includes(said) })
    const left = items.filter((item) => !item.hidden).length
    told.textContent = said ? `${left} of ${items.length} offices` : ''
  })
  typed.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault() })
}
