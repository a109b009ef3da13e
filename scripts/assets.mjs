// Makes the console's style sheet and copies the scripts that its pages use, into var/assets. Nothing of it is kept in git.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import * as sass from 'sass'

const govuk = 'node_modules/govuk-frontend/dist/govuk'
const made = 'var/assets'

mkdirSync(made, { recursive: true })
const { css } = sass.compile('bot/console/console.scss', { style: 'compressed', quietDeps: true })
writeFileSync(`${made}/console.css`, css)
cpSync('node_modules/accessible-autocomplete/dist/accessible-autocomplete.min.js', `${made}/accessible-autocomplete.min.js`)
cpSync(`${govuk}/govuk-frontend.min.js`, `${made}/govuk-frontend.min.js`)
