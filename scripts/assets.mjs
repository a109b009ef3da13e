// Makes the console's style sheet and copies GOV.UK Frontend's script and images, into var/assets. Nothing of it is kept in git.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import * as sass from 'sass'

const govuk = 'node_modules/govuk-frontend/dist/govuk'
const made = 'var/assets'

mkdirSync(made, { recursive: true })
const { css } = sass.compile('bot/console/console.scss', { style: 'compressed', quietDeps: true })
writeFileSync(`${made}/console.css`, css)
cpSync(`${govuk}/govuk-frontend.min.js`, `${made}/govuk-frontend.min.js`)
