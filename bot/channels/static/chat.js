// Sends without leaving the page, and looks for what advisers write. Without it the page works all the same.
(() => {
  "use strict";
  const form = document.getElementById("chat");
  if (!form || !window.fetch) return;
  const log = document.getElementById("log");
  const box = document.getElementById("text");
  const status = document.getElementById("status");
  const { account, lang } = form.dataset;
  const title = document.title;
  const QUICK = 700, USUAL = 4000, SLOW = 20000, QUIET_AFTER = 300000;
  let sending = 0, isWaiting = status.textContent !== "", tag = "", timer, lastNews = Date.now();
  // The same text sent again after a failure keeps its id, so that it is never answered twice.
  let failed = { text: "", id: "" };

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
  const lastId = () => Math.max(0, ...[...log.querySelectorAll(".message")].map((m) => Number(m.dataset.id)));

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  const part = ({ text, href }) => {
    if (!href) return document.createTextNode(text);
    const link = make("a", "", text);
    link.href = href;
    link.rel = "noreferrer";
    return link;
  };

  const show = (message) => {
    if (document.getElementById(`m${message.id}`)) return;
    const article = make("article", `message ${message.author}`);
    article.id = `m${message.id}`;
    article.dataset.id = message.id;
    const head = make("p", "head");
    const when = make("time", "", message.time);
    when.dateTime = message.at;
    head.append(make("span", "who", log.dataset[message.author]), " ", when);
    const said = make("div", "said");
    said.lang = message.language;
    for (const paragraph of message.paragraphs) {
      const p = make("p");
      p.append(...paragraph.map(part));
      said.append(p);
    }
    article.append(head, said);
    document.getElementById("nothing")?.remove();
    document.getElementById("leave").hidden = false;
    log.append(article);
    return article;
  };

  const tellStatus = () => {
    const text = isWaiting ? status.dataset.waiting : sending ? status.dataset.sending : "";
    if (status.textContent !== text) status.textContent = text;
  };

  // The box stays in view under what was said; a long reply is shown from its beginning.
  const scrollTo = (first) => {
    const button = form.querySelector("button");
    const height = button.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    if (height + 32 > window.innerHeight) first.scrollIntoView({ block: "start" });
    else button.scrollIntoView({ block: "end" });
  };

  const look = async () => {
    const query = new URLSearchParams({ account, lang, after: lastId() });
    const response = await fetch(`messages?${query}`, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
    if (response.status !== 200) return;
    const found = await response.json();
    const news = found.messages.map(show).filter(Boolean);
    tag = news.length ? "" : response.headers.get("ETag") || "";
    isWaiting = found.is_waiting;
    tellStatus();
    if (news.length) {
      lastNews = Date.now();
      scrollTo(news[0]);
    }
  };

  let looking = null;
  const lookOnce = () => (looking ||= look().catch(() => {}).finally(() => { looking = null; }));

  const plan = () => {
    clearTimeout(timer);
    const isQuiet = document.hidden || Date.now() - lastNews > QUIET_AFTER;
    const pause = sending || isWaiting ? QUICK : isQuiet ? SLOW : USUAL;
    timer = setTimeout(async () => { await lookOnce(); plan(); }, pause);
  };

  const clearProblem = () => {
    document.getElementById("summary")?.remove();
    document.getElementById("error")?.remove();
    form.classList.remove("has-error");
    box.removeAttribute("aria-invalid");
    box.setAttribute("aria-describedby", "hint");
    if (document.title.startsWith(form.dataset.errorPrefix)) document.title = title.replace(form.dataset.errorPrefix, "");
  };

  // As the server's page has it; the focus stays in the box, and the alert is read out.
  const tellProblem = (text) => {
    clearProblem();
    const summary = make("div", "summary");
    summary.id = "summary";
    summary.setAttribute("role", "alert");
    summary.setAttribute("aria-labelledby", "summary-title");
    const heading = make("h2", "", form.dataset.problem);
    heading.id = "summary-title";
    const link = make("a", "", text);
    link.href = "#text";
    const line = make("p");
    line.append(link);
    summary.append(heading, line);
    form.before(summary);
    const error = make("p", "error", text);
    error.id = "error";
    box.before(error);
    form.classList.add("has-error");
    box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-describedby", "hint error");
    document.title = form.dataset.errorPrefix + title.replace(form.dataset.errorPrefix, "");
    box.focus();
  };

  const post = async (text, id) => {
    const response = await fetch("messages", {
      method: "POST",
      cache: "no-store",
      headers: { "Content-Type": "application/json", "X-Form-Token": form.elements.form_token.value },
      body: JSON.stringify({ text, account, lang, message_id: id }),
    });
    if (response.ok) return;
    const told = await response.json().catch(() => null);
    throw new Error(told?.error?.message || form.dataset.notSent);
  };

  const send = async () => {
    const text = box.value;
    if (!text.trim()) return tellProblem(form.dataset.empty);
    clearProblem();
    const id = failed.text === text ? failed.id : newId();
    box.value = "";
    box.focus();
    sending += 1;
    tellStatus();
    plan();
    try {
      await post(text, id);
      failed = { text: "", id: "" };
    } catch (error) {
      failed = { text, id };
      if (!box.value) box.value = text;
      tellProblem(error instanceof TypeError ? form.dataset.notSent : error.message);
    }
    sending -= 1;
    if (looking) await looking;
    await lookOnce();
    tellStatus();
    plan();
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  if (!window.matchMedia("(pointer: coarse)").matches) {
    document.getElementById("keys").hidden = false;
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }
  document.addEventListener("visibilitychange", plan);
  if (log.querySelector(".message")) {
    box.focus({ preventScroll: true });
    scrollTo(log.querySelector(".message:last-of-type"));
  }
  plan();
})();
