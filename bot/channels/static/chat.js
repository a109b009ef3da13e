// Sends without leaving the page, shows how far each message has come, and looks for what is new.
// Without it the page works all the same.
(() => {
  "use strict";
  const form = document.getElementById("chat");
  if (!form || !window.fetch) return;
  const at = (id) => document.getElementById(id);
  const [log, box, status, newer, offline, error] = ["log", "text", "status", "newer", "offline", "error"].map(at);
  const words = form.dataset;
  const { account, lang } = words;
  const limit = Number(words.limit);
  const title = document.title.replace(words.errorPrefix, "");
  const isTouch = window.matchMedia("(pointer: coarse)").matches;
  const QUICK = 700, USUAL = 4000, SLOW = 20000, QUIET_AFTER = 300000, SLOW_AFTER = 8000, GIVE_UP_AFTER = 30000;

  const fill = (text, blanks) => text.replace(/\{(\w+)\}/g, (_, name) => blanks[name]);
  const count = (text) => [...text].length;
  const tell = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
  const lastId = () => Math.max(0, ...[...log.querySelectorAll("[data-id]")].map((message) => Number(message.dataset.id)));

  const make = (name, className, ...content) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...content);
    return element;
  };

  // Messages

  const part = ({ text, href }) => {
    if (!href) return text;
    const link = make("a", "", text);
    link.href = href;
    link.rel = "noreferrer";
    return link;
  };

  const makeMessage = (author, paragraphs, when) => {
    const said = make("div", "said");
    for (const content of paragraphs) {
      const paragraph = make("p", "", ...content);
      paragraph.dir = "auto";
      said.append(paragraph);
    }
    const article = make("article", `message ${author}`, make("p", "head", make("span", "who", log.dataset[author]), " ", when), said);
    // People know what they wrote: only what is said to them is read out.
    if (author === "person") article.setAttribute("aria-live", "off");
    return article;
  };

  const place = (article) => {
    at("nothing")?.remove();
    at("leave").hidden = false;
    const id = Number(article.dataset.id) || Infinity;
    const later = [...log.children].find((other) => (Number(other.dataset.id) || (other.matches(".message") ? Infinity : 0)) > id);
    log.insertBefore(article, later || null);
  };

  const show = (message) => {
    const pending = outbox.get(message.message_id);
    if (pending) forget(pending);
    if (at(`m${message.id}`)) return null;
    const when = make("time", "", message.time);
    when.dateTime = message.at;
    const article = makeMessage(message.author, message.paragraphs.map((each) => each.map(part)), when);
    article.id = `m${message.id}`;
    article.dataset.id = message.id;
    article.querySelector(".said").lang = message.language;
    place(article);
    return message.author === "person" ? null : article;
  };

  // Where the reader is: new messages come into view only for who reads at the end

  const isAtEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 60;
  let follows = true, lastScroll = window.scrollY, unread = [];

  const tellUnread = () => {
    newer.hidden = !unread.length;
    tell(newer, unread.length > 1 ? fill(newer.dataset.many, { count: unread.length }) : newer.dataset.one);
    const problem = error.textContent ? words.errorPrefix : "";
    document.title = `${problem}${unread.length ? `(${unread.length}) ` : ""}${title}`;
  };

  const readAll = () => {
    if (unread.length && !document.hidden) unread = [];
    tellUnread();
  };

  // A long reply is shown from its beginning, a short one with all that is under it.
  const scrollTo = (first) => {
    const height = document.documentElement.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    if (height > window.innerHeight - 70) first.scrollIntoView({ block: "start" });
    else window.scrollTo({ top: document.documentElement.scrollHeight });
  };

  const welcome = (news) => {
    if (!news.length) return;
    if (follows) scrollTo(news[0]);
    if (!follows || document.hidden) unread.push(...news);
    tellUnread();
  };

  window.addEventListener("scroll", () => {
    if (isAtEnd()) follows = true;
    else if (window.scrollY < lastScroll - 2) follows = false;
    lastScroll = window.scrollY;
    if (follows) readAll();
  }, { passive: true });

  newer.addEventListener("click", () => {
    const [first] = unread;
    follows = true;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    scrollTo(first);
    readAll();
  });

  // How things stand

  let isWaiting = status.textContent !== "", isSlow = false, isBack = false;

  const tellStatus = () => {
    const { waiting, replying, slow, back } = status.dataset;
    const text = isSlow ? slow : isWaiting ? (Date.now() - lastSent > GIVE_UP_AFTER / 2 ? waiting : replying) : isBack ? back : "";
    status.classList.toggle("is-replying", text === replying);
    tell(status, text);
  };

  const tellState = (state) => {
    for (const element of document.querySelectorAll("[data-state]")) {
      if (element.hidden !== (element.dataset.state !== state)) element.hidden = element.dataset.state !== state;
    }
  };

  let misses = 0;
  const tellReach = (isReached) => {
    const wasAway = offline.textContent !== "";
    misses = isReached ? 0 : misses + 1;
    tell(offline, !navigator.onLine ? offline.dataset.offline : misses > 1 ? offline.dataset.unreached : "");
    if (wasAway && !offline.textContent) {
      isBack = true;
      resend();
    }
    tellStatus();
  };

  const tellError = (text) => {
    tell(error, text);
    form.classList.toggle("has-error", Boolean(text));
    if (text) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
    if (!text) at("summary")?.remove();
    tellUnread();
  };

  // Looking for news

  let tag = "", timer, lastNews = Date.now(), lastSent = 0, looking = null;

  const look = async () => {
    const query = new URLSearchParams({ account, lang, after: lastId() });
    const response = await fetch(`messages?${query}`, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
    if (response.status !== 200) return;
    const found = await response.json();
    const shown = found.messages.length;
    const news = found.messages.map(show).filter(Boolean);
    tag = shown ? "" : response.headers.get("ETag") || "";
    isWaiting = found.is_waiting;
    if (shown) lastNews = Date.now();
    tellState(found.state);
    welcome(news);
  };

  const lookOnce = () => (looking ||= look().then(() => tellReach(true), () => tellReach(false)).finally(() => { looking = null; }));

  const plan = () => {
    clearTimeout(timer);
    const isQuiet = document.hidden || Date.now() - lastNews > QUIET_AFTER;
    const pause = misses ? Math.min(USUAL * misses, SLOW) : sending || isWaiting ? QUICK : isQuiet ? SLOW : USUAL;
    timer = setTimeout(async () => { await lookOnce(); plan(); }, pause);
  };

  // Sending: what is not delivered stays in sight and keeps its id, so that it is never answered twice

  const outbox = new Map();
  let sending = 0, line = Promise.resolve();

  const forget = (item) => {
    outbox.delete(item.id);
    item.article.remove();
    item.arrived();
  };

  const tellDelivery = (item, text, again) => {
    item.article.classList.toggle("undelivered", Boolean(again));
    item.delivery.replaceChildren(text);
    if (!again) return;
    const button = make("button", "link", words.again);
    button.type = "button";
    button.addEventListener("click", () => { box.focus({ preventScroll: isTouch }); queue(item); });
    item.delivery.append(button);
  };

  const renewToken = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: "no-store" })).text(), "text/html");
    form.elements.form_token.value = page.querySelector("#chat [name=form_token]").value;
  };

  const post = async (item, isAgain = false) => {
    const giveUp = new AbortController();
    const timeout = setTimeout(() => giveUp.abort(), GIVE_UP_AFTER);
    const response = await fetch("messages", {
      method: "POST",
      cache: "no-store",
      signal: giveUp.signal,
      headers: { "Content-Type": "application/json", "X-Form-Token": form.elements.form_token.value },
      body: JSON.stringify({ text: item.text, account, lang, message_id: item.id }),
    }).finally(() => clearTimeout(timeout));
    if (response.ok) return;
    // Another tab may have begun a new visit, which this page can join.
    if (response.status === 403 && !isAgain) {
      await renewToken();
      return post(item, true);
    }
    const told = await response.json().catch(() => null);
    throw Object.assign(new Error(told?.error?.message || ""), { isTold: true });
  };

  const deliver = async (item) => {
    if (!outbox.has(item.id)) return;
    if (!navigator.onLine) return tellDelivery(item, words.held);
    sending += 1;
    lastSent = Date.now();
    tellDelivery(item, words.sending);
    plan();
    const slow = setTimeout(() => { isSlow = true; tellStatus(); }, SLOW_AFTER);
    try {
      // Seen among the messages it has arrived, whatever becomes of the answer to its request.
      await Promise.race([post(item), item.seen]);
    } catch (problem) {
      if (outbox.has(item.id)) fail(item, problem);
    }
    clearTimeout(slow);
    isSlow = false;
    isBack = false;
    sending -= 1;
    if (looking) await looking;
    await lookOnce();
    plan();
  };

  const fail = (item, problem) => {
    item.isCut = !problem.isTold;
    const text = `${words.notDelivered} ${problem.isTold ? problem.message : words.notSent}`;
    tellDelivery(item, text, true);
    tell(at("failed"), "");
    tell(at("failed"), text);
    if (follows) scrollTo(item.article);
  };

  const queue = (item) => {
    item.isCut = false;
    tellDelivery(item, navigator.onLine ? words.sending : words.held);
    line = line.then(() => deliver(item)).catch(() => {});
  };

  // What the network kept from us. What was refused, the person tries again.
  const resend = () => {
    for (const item of outbox.values()) if (item.isCut || item.delivery.textContent === words.held) queue(item);
  };

  const send = () => {
    const text = box.value;
    const over = count(text) - limit;
    if (!text.trim()) return refuse(words.empty);
    if (over > 0) return refuse(fill(words.tooLong, { limit: limit.toLocaleString("en-GB"), over: over.toLocaleString("en-GB") }));
    tellError("");
    const item = { id: newId(), text, article: makeMessage("person", [[text]], ""), delivery: make("p", "delivery") };
    item.seen = new Promise((resolve) => { item.arrived = resolve; });
    item.article.append(item.delivery);
    outbox.set(item.id, item);
    place(item.article);
    box.value = "";
    fit();
    box.focus({ preventScroll: true });
    follows = true;
    queue(item);
    return scrollTo(item.article);
  };

  const refuse = (text) => {
    tellError(text);
    box.focus();
  };

  // The box: as high as its text, and it says how much is left where that is little

  const fit = () => {
    if (!CSS.supports("field-sizing", "content")) {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 4}px`;
    }
    const left = limit - count(box.value);
    const number = Math.abs(left).toLocaleString("en-GB");
    tell(at("count"), left > limit / 20 ? "" : fill(left < 0 ? words.over : words.left, { count: number }));
    clearTimeout(fit.timer);
    fit.timer = setTimeout(() => tell(at("count-told"), at("count").textContent), 1000);
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  at("start").addEventListener("submit", (event) => {
    event.preventDefault();
    box.value = event.target.elements.text.value;
    send();
  });
  box.addEventListener("input", () => {
    if (error.textContent) tellError("");
    fit();
  });
  if (!isTouch) {
    at("keys").hidden = false;
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }

  // Comings and goings

  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("jobcentre-chat") : null;
  let isLeaving = false;
  at("leave").addEventListener("submit", () => { isLeaving = true; });
  // A chat that was ended is to be seen nowhere: not in another tab, and not by going back.
  if (tabs && document.querySelector("[data-ended]")) tabs.postMessage("ended");
  tabs?.addEventListener("message", () => { isLeaving = true; location.reload(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("beforeunload", (event) => { if (outbox.size && !isLeaving) event.preventDefault(); });
  window.addEventListener("offline", () => tellReach(false));
  window.addEventListener("online", () => {
    resend();
    lookOnce().then(plan);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) lookOnce().then(() => { if (follows) readAll(); });
    plan();
  });
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--writing", `${at("writing").offsetHeight}px`);
    if (follows && log.querySelector(".message") && document.activeElement === box) window.scrollTo({ top: document.documentElement.scrollHeight });
  }).observe(at("writing"));

  fit();
  const [last] = [...log.querySelectorAll(".message")].slice(-1);
  if (last && !location.hash && !error.textContent) scrollTo(last);
  plan();
})();
