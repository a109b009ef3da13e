// Makes pages nicer where there is a script. Nothing needs it.
import { initAll } from '/assets/govuk-frontend.min.js'
initAll()
