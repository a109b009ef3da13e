// Runs as the body begins: components may show what needs a script only where there is one.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
