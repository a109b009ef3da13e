// In each page that is gone through by keyboard: what a step of the Tab key came to, and what is wrong with it.
window.keyboard = (() => {
  let last = null // where the step before came to: { element, looks, box }

  const isRadio = (one) => one?.type === 'radio'
  const isOfOneGroup = (one, other) => isRadio(one) && isRadio(other) && one.name === other.name && one.form === other.form

  // What shows the focus: of the element, its label, and what the style sheet draws before either.
  function drawn (element) {
    const elements = [element, ...(element.labels ?? [])]
    return elements.flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::before')])
  }

  function looks (element) {
    const told = ({ outline, boxShadow, backgroundColor, borderColor }) => [outline, boxShadow, backgroundColor, borderColor].join()
    return drawn(element).map(told).join(';')
  }

  function isMarked (element) {
    return drawn(element).some(({ boxShadow, outlineStyle, outlineColor }) =>
      boxShadow !== 'none' || (outlineStyle !== 'none' && !/^rgba.*, 0\)$/.test(outlineColor)))
  }

  // On the page, wherever that is scrolled to.
  function boxOf (element) {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY }
  }

  function isInSight (element) {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return right > left && bottom > top && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
  }

  // People read on to the right and down: a step goes up only to a column on the right, and left only further down.
  function isAgainstReading (from, to) {
    const isAbove = to.bottom <= from.top
    const isBeside = to.top < from.bottom && to.bottom > from.top
    return (isAbove && to.left < from.right - 1 && to.left <= from.left) || (isBeside && to.right <= from.left)
  }

  function name (element) {
    return element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? (element.innerText.trim() || element.outerHTML)
  }

  function wrongWith (element, pressed) {
    const wrong = []
    if (!isMarked(element)) wrong.push('the focus is not marked')
    if (!isInSight(element)) wrong.push('it is out of sight')
    if (element.tabIndex > 0) wrong.push('it has a place of its own in the order')
    if (pressed && last && last.element !== element && last.element.isConnected) {
      if (looks(last.element) === last.looks) wrong.push(`nothing shows that ${name(last.element)} lost the focus`)
      const boxes = pressed === 'Tab' ? [last.box, boxOf(element)] : [boxOf(element), last.box]
      if (isAgainstReading(...boxes)) wrong.push(`it does not follow ${name(last.element)}`)
    }
    return wrong
  }

  // Where the focus is after that key, and which key leads on to what is wanted.
  function step (wanted, pressed) {
    const here = document.activeElement
    if (here === document.body || here === document.documentElement) {
      last = null
      return { isNowhere: true, isThere: false, next: 'Tab', wrong: [] }
    }
    const isSkipLink = here.classList.contains('govuk-skip-link')
    const leadsThere = isSkipLink && document.querySelector('main').contains(wanted)
    const isTarget = here.matches('[tabindex="-1"]') // a part of the page that was gone to, not stepped to
    const wrong = isTarget ? [] : wrongWith(here, pressed).map((what) => `${name(here)}: ${what}`)
    last = isTarget ? null : { element: here, looks: looks(here), box: boxOf(here) }
    const isBehind = wanted && !here.contains(wanted) && here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING
    return {
      isNowhere: false,
      isThere: here === wanted || isOfOneGroup(here, wanted),
      next: leadsThere ? 'Enter' : isBehind ? 'Shift+Tab' : 'Tab',
      wrong
    }
  }

  // What the Tab key has to come to on this page: of the radios of a group, one.
  function stops () {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    const open = all.filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex === 0 && one.type !== 'hidden')
    const chosen = open.filter((one) => !isRadio(one) || one === open.find((other) => isOfOneGroup(one, other)))
    return chosen.map((one) => isRadio(one) ? one.name : name(one))
  }

  function here () {
    const at = document.activeElement
    return at === document.body ? null : isRadio(at) ? at.name : name(at)
  }

  return { step, stops, here }
})()
