// Keeps the inbox fresh while somebody reads or writes. Without a script there is a link to look again.

const EVERY = { visible: 4_000, hidden: 15_000 }
const PATIENCE = 60_000 // at most between two tries, where the console cannot be reached
const live = document.querySelector('[data-live]')
const status = document.querySelector('.console-fresh__told')
const title = document.title
let etag = null
let failures = 0
let timer = null

document.querySelector('.console-tools')?.classList.add('console-tools--ready')
setUpDrafts()
setUpTools()
if (live) {
  noteUrgent(true)
  markSeen()
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look() })
  wait()
}

// Looking

function wait () {
  clearTimeout(timer)
  const pace = document.hidden ? EVERY.hidden : EVERY.visible
  timer = setTimeout(look, Math.min(pace * 2 ** failures, PATIENCE))
}

async function look () {
  clearTimeout(timer)
  try {
    const response = await fetch(live.dataset.live, { cache: 'no-store', headers: etag ? { 'If-None-Match': etag } : {} })
    if (response.redirected) return tell('You are signed out. What you typed is kept: sign in again in this tab to go on.')
    if (response.status === 200) {
      etag = response.headers.get('ETag')
      show(new DOMParser().parseFromString(await response.text(), 'text/html'))
    } else if (response.status !== 304) throw new Error(response.status)
    if (failures > 1) tell('')
    failures = 0
  } catch {
    failures += 1
    if (failures === 2) tell('The console cannot be reached. What you typed is kept. Trying again.')
  }
  wait()
}

function show (fresh) {
  const before = { ...part('standing')?.dataset }
  for (const next of fresh.querySelectorAll('[data-part]')) {
    const now = part(next.id)
    if (now && now.outerHTML !== next.outerHTML) keepingPlace(() => renew(now, next))
  }
  noteUrgent(false)
  markSeen()
  if (part('standing')) tellOf(before, part('standing'))
}

// The one thing that matters most of what has changed in a conversation.
function tellOf (before, standing) {
  const now = standing.dataset
  // It was given to whoever looks: the page has a box for the reply now.
  if (now.heldBy === 'me' && !part('text')) location.assign(live.dataset.live.replace(/live$/, ''))
  if (now.heldBy !== before.heldBy) tell(standing.querySelector('strong')?.textContent ?? 'This conversation has ended.')
  else if (now.priority !== before.priority && now.priority === 'urgent') {
    tell('This conversation is urgent now.')
    ring()
  } else if (now.written !== before.written) tell('The person has written.')
  else if (now.looking !== before.looking) tell(now.looking ? `${now.looking} is looking at it too.` : 'Nobody else is looking at it.')
}

function part (id) { return document.getElementById(id) }

// What is there stays the same element as long as it says the same: who listens hears only what is new.
function renew (now, next) {
  for (const { name, value } of next.attributes) now.setAttribute(name, value)
  if (!('keyed' in next.dataset)) {
    now.innerHTML = next.innerHTML
    return
  }
  const held = new Map([...now.children].map((child) => [child.id, child]))
  const wanted = [...next.children].map((child) => {
    const same = held.get(child.id)
    return same?.outerHTML === child.outerHTML ? same : document.importNode(child, true)
  })
  for (const child of held.values()) if (!wanted.includes(child)) child.remove()
  wanted.forEach((child, index) => { if (now.children[index] !== child) now.insertBefore(child, now.children[index] ?? null) })
}

// The focus, what is ticked and what is open stay where they are.
function keepingPlace (change) {
  const focused = document.activeElement
  const where = nameOf(focused)
  const ticked = [...document.querySelectorAll('[data-part] input:checked')].map((box) => box.id)
  const open = [...document.querySelectorAll('[data-part] details[open]')].map((details) => details.id)
  change()
  for (const id of ticked) if (part(id)) part(id).checked = true
  for (const id of open) if (part(id)) part(id).open = true
  if (where && !focused.isConnected) document.querySelector(where)?.focus({ preventScroll: true })
}

function nameOf (element) {
  if (!element?.closest('[data-part]')) return null
  if (element.id) return `#${CSS.escape(element.id)}`
  for (const name of ['href', 'formaction']) {
    if (element.getAttribute(name)) return `[data-part] [${name}="${CSS.escape(element.getAttribute(name))}"]`
  }
  return null
}

function tell (words) { if (status && status.textContent !== words) status.textContent = words }

// A reply is sent against what the page has shown: the server asks again where the person has written since.
function markSeen () {
  const seen = document.querySelector('input[name="seen"]')
  if (seen && !document.hidden) seen.value = part('standing')?.dataset.written ?? seen.value
}

// Urgent ones

function noteUrgent (isFirst) {
  const waiting = (document.querySelector('[data-urgent]')?.dataset.urgent ?? '').split(' ').filter(Boolean)
  const known = JSON.parse(sessionStorage.getItem('urgent') ?? 'null')
  sessionStorage.setItem('urgent', JSON.stringify(waiting))
  document.title = waiting.length ? `(${waiting.length} urgent) ${title}` : title
  if (!waiting.some((id) => !(known ?? waiting).includes(id))) return
  if (!isFirst) tell('A new urgent conversation is waiting.')
  ring()
}

function ring () {
  if (localStorage.getItem('sound') !== 'on') return
  const sound = new AudioContext()
  const end = sound.currentTime + 0.7
  for (const [start, pitch] of [[0, 660], [0.25, 880]]) {
    const tone = sound.createOscillator()
    const volume = sound.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.15, sound.currentTime + start)
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + start + 0.35)
    tone.connect(volume).connect(sound.destination)
    tone.start(sound.currentTime + start)
    tone.stop(end)
  }
  setTimeout(() => sound.close(), 1000)
}

// Sound and keyboard

function setUpTools () {
  remember('sound', 'off', ring)
  remember('shortcuts', 'on')
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey && event.target.matches?.('.console-reply textarea')) {
      event.preventDefault()
      event.target.form.requestSubmit()
    } else if (!event.ctrlKey && !event.altKey && !event.metaKey && !isWriting(event.target)) shortcut(event)
  })
}

function remember (name, usual, changed = () => {}) {
  const box = document.getElementById(name)
  if (!box) return
  box.checked = (localStorage.getItem(name) ?? usual) === 'on'
  box.addEventListener('change', () => {
    localStorage.setItem(name, box.checked ? 'on' : 'off')
    changed()
  })
}

function isWriting (element) { return element.matches?.('textarea, select, input:not([type="checkbox"], [type="radio"])') }

function shortcut (event) {
  if (localStorage.getItem('shortcuts') === 'off') return
  const boxes = { r: '#text', n: '#note' }
  const found = event.key === 'j' || event.key === 'k'
    ? neighbour(event.key === 'j' ? 1 : -1)
    : document.querySelector(boxes[event.key] ?? `[data-key="${CSS.escape(event.key)}"]`)
  if (!found) return
  event.preventDefault()
  found.focus()
  if (found.dataset.key) found.click()
}

function neighbour (step) {
  const links = [...document.querySelectorAll('.console-queue__link')]
  const here = links.indexOf(document.activeElement)
  return links[here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step]
}

// What is typed and not yet sent is kept in this tab, also where a session ends in between.

function setUpDrafts () {
  const address = new URL(location)
  const done = address.searchParams.get('done')
  if (done) {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(`draft-${done}-`)) sessionStorage.removeItem(key)
    address.searchParams.delete('done')
    history.replaceState(null, '', address)
  }
  for (const box of document.querySelectorAll('form[data-draft] textarea')) {
    const key = `draft-${box.form.dataset.draft}-${box.name}`
    if (!box.value) box.value = sessionStorage.getItem(key) ?? ''
    box.addEventListener('input', () => sessionStorage.setItem(key, box.value))
  }
  document.querySelector('.console-header__out')?.addEventListener('submit', () => sessionStorage.clear())
}
