// Elements, made in one line.
export function make (tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

// Something to be read out, and not seen.
export function voice () {
  const told = make('div', { className: 'govuk-visually-hidden' })
  told.setAttribute('role', 'status')
  return told
}
