// Makes pages nicer where there is a script. Nothing needs it.
import { Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink, createAll } from '/assets/govuk-frontend.min.js'
import { filterList } from './filter.js'
import { keepTyped } from './keeping.js'
import { pickNames } from './picker.js'

document.querySelectorAll('form[data-keep]').forEach(keepTyped)
// Whoever skipped to a part of this page did not ask for that part of the next one: what the next one tells would lose
// the focus to it.
document.addEventListener('submit', () => {
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
})
document.querySelector('.console-header__out')?.addEventListener('submit', () => sessionStorage.clear())
// Without GOV.UK's Radios: what a choice reveals is shown by the style sheet, and aria-expanded is not for radios.
for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink]) {
  createAll(component)
}
document.querySelectorAll('[data-filter]').forEach(filterList)

// Where the type-ahead could not be had, names are typed as without a script.
if (window.accessibleAutocomplete) {
  document.querySelectorAll('[data-names]').forEach((field) => pickNames(field, window.accessibleAutocomplete))
}
