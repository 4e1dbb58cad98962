// The middle pane: the open conversation.

import { alertDialog, avatar, confirmed, dialog, h, icon, iconButton, toast } from "./dom.js";
import { composer } from "./composer.js";
import { bubble, fullName } from "./message.js";
import { startOf } from "./richtext.js";
import { day, dayKey } from "./viewtime.js";

const ACTIONS = {
  typing: "печатает", upload_document: "отправляет файл", upload_photo: "отправляет фотографию", upload_video: "отправляет видео",
  choose_sticker: "выбирает стикер", record_voice: "записывает голосовое", upload_voice: "отправляет голосовое", find_location: "ищет место",
};
const ACTION_LASTS = 5000; // Bot API: the status is shown for five seconds or until a message comes

export function chatPane(root, app) {
  const header = h("header", { class: "bar" });
  const log = h("div", { class: "log", role: "log", "aria-label": "Сообщения", tabindex: "0" });
  const down = iconButton("down", "К последнему сообщению", () => toEnd("smooth"), { class: "icon-button to-end", hidden: true });
  const drop = h("div", { class: "drop-here", hidden: true }, "Отпустите файл, чтобы отправить");
  const writing = composer(app, () => draw());
  root.append(header, h("div", { class: "log-frame" }, log, down, drop), writing.node);
  let pinned = true; // the end is in sight and stays so when pictures come or the field grows
  log.addEventListener("scroll", () => { pinned = atEnd(); down.hidden = pinned; });
  log.addEventListener("load", () => { if (pinned) toEnd(); }, true);
  new ResizeObserver(() => { if (pinned) toEnd(); }).observe(log);
  acceptFiles(root, drop, writing);

  let shown = null; // the chat whose nodes stand in the log
  let drawnDay = "";
  let actionTimer = 0;

  const world = {
    get bot() { return app.bot; },
    onCommand: (command) => writing.send(command),
    onStart: (payload) => app.offerStart(payload),
    onMention: (user, raw) => toast(user ? `${fullName(user)} · id ${user.id}` : raw),
    onInstant: (text) => toast(text),
    onCopy: (text) => copy(text),
  };

  function view(message) {
    const chat = app.current;
    return {
      world,
      group: !chat.person,
      mine: (one) => Boolean(one.from) && one.from.id === (chat.person ? chat.id : chat.speaker),
      reactions: chat.reactions.get(message.message_id),
      reply: (one) => writing.replyTo(one),
      press: (one, button, node) => press(one, button, node),
      open: (url) => {
        const payload = startOf(url, app.bot);
        if (payload === null) return false;
        app.offerStart(payload);
        return true;
      },
      jump,
    };
  }

  async function press(message, button, node) {
    const chat = app.current;
    if (button.copy_text) return copy(button.copy_text.text);
    if (!button.callback_data) return toast("Такие кнопки работают только в настоящем Telegram");
    node.classList.add("waiting");
    const body = { message_id: message.message_id, data: button.callback_data };
    if (!chat.person) body.from_id = chat.speaker;
    const answer = await app.tell(`chats/${chat.id}/press`, body);
    node.classList.remove("waiting");
    if (answer === null) toast("Бот не ответил на нажатие за 5 секунд", "error");
    else if (answer) app.showAnswer(chat.id, answer);
  }

  function draw() {
    const chat = app.current;
    drawFrame();
    if (!chat) {
      log.replaceChildren(h("p", { class: "service" }, h("span", {}, "Выберите, от чьего имени писать боту")));
      shown = null;
      return;
    }
    const keep = shown === chat ? log.scrollTop : null;
    const stick = shown !== chat || pinned;
    drawnDay = "";
    log.replaceChildren(...[...chat.messages.values()].flatMap(withDay));
    if (chat.loaded && !chat.messages.size) log.append(greeting(chat));
    shown = chat;
    if (stick) toEnd();
    else log.scrollTop = keep;
  }

  function withDay(message) {
    const key = dayKey(message.date * 1000);
    const node = bubble(message, view(message));
    if (key === drawnDay) return [node];
    drawnDay = key;
    return [h("div", { class: "service day" }, h("span", {}, day(message.date * 1000))), node];
  }

  /** A message came, changed or got a reaction: only its own node is built anew. */
  function put(message) {
    const old = nodeOf(message.message_id);
    const stick = pinned || message.from?.id === app.current.id;
    if (old) old.replaceWith(bubble(message, view(message)));
    else {
      log.querySelector(".greeting")?.remove();
      const fresh = withDay(message);
      fresh.at(-1).classList.add("fresh");
      log.append(...fresh);
    }
    if (stick) toEnd();
    else down.hidden = false;
  }

  function drawHeader() {
    const chat = app.current;
    const unread = [...app.chats.values()].filter((one) => one.unread > 0).length;
    // Drawn anew only when it says something else: a button in focus there stays in focus.
    const key = JSON.stringify([unread, app.bot.id, fullName(app.bot), chat && [chat.id, chat.title, chat.action, chat.members.length, chat.person]]);
    if (header.dataset.shows === key) return;
    header.dataset.shows = key;
    const people = iconButton("people", "Люди и группы", () => app.show("people"), { class: "icon-button narrow-only with-dot", "data-count": unread || null });
    const behind = iconButton("gears", "За кулисами: часы, вызовы, сбои", () => app.show("behind"), { class: "icon-button wide-hidden" });
    if (!chat) return void header.replaceChildren(people, h("div", { class: "title" }, h("b", {}, "Песочница")), behind);
    const name = chat.person ? fullName(app.bot) : chat.title;
    const busy = chat.action && `${ACTIONS[chat.action] || "занят"}…`;
    const who = chat.person ? `Вы: ${chat.title}` : `группа, участников: ${chat.members.length + 1}`;
    header.replaceChildren(people,
      avatar(chat.person ? app.bot.id : chat.id, name),
      h("div", { class: "title" }, h("b", {}, name),
        h("span", { class: busy ? "subtitle busy" : "subtitle" }, busy ? `${chat.person ? "" : "бот "}${busy}` : who)),
      chat.person?.is_deleted ? "" : iconButton("more", chat.person ? "Действия с этим человеком" : "Действия с группой", () => (chat.person ? menu(chat) : groupMenu(chat))), behind);
  }

  /** What an empty chat says: the bot's own description first, as in Telegram. */
  function greeting(chat) {
    const text = chat.person ? `Здесь пока пусто. Нажмите «Старт», чтобы написать боту как ${chat.title}.` : "В группе пока тихо.";
    const about = chat.person && app.bot.description;
    return h("div", { class: "service greeting" }, about && h("p", { class: "about" }, about), h("span", {}, text));
  }

  async function menu(chat) {
    const blocked = chat.person.is_blocked;
    const facts = [chat.person.username && `@${chat.person.username}`, `id ${chat.id}`, chat.person.note].filter(Boolean).join(" · ");
    const choice = await dialog({ title: chat.title, body: [h("p", { class: "plain hint" }, facts)], buttons: [
      blocked ? { label: "Разблокировать бота", value: "unblock" } : { label: "Заблокировать бота", value: "block", tone: "danger" },
      { label: "Удалить аккаунт человека", value: "delete", tone: "danger" }, { label: "Закрыть", value: "" }] });
    if (!choice) return;
    if (choice === "delete" && !(await confirmed("Удалить аккаунт?", `${chat.title} исчезнет из Telegram: бот больше не сможет ему написать.`, "Удалить"))) return;
    await app.tell(`people/${chat.id}/${choice}`, {});
    await app.refresh();
  }

  async function groupMenu(chat) {
    const choice = await dialog({ title: chat.title, body: [h("p", { class: "plain hint" }, `id ${chat.id}`)], buttons: [
      { label: "Исключить бота из группы", value: "kick", tone: "danger" }, { label: "Закрыть", value: "" }] });
    if (choice) await app.tell(`chats/${chat.id}/kick`, {});
  }

  function act(chat, action) {
    chat.action = action;
    clearTimeout(actionTimer);
    if (action) actionTimer = setTimeout(() => act(chat, null), ACTION_LASTS);
    if (chat === app.current) drawHeader();
  }

  function jump(id) {
    const node = nodeOf(id);
    if (!node) return toast("Этого сообщения здесь уже нет");
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
  }

  const nodeOf = (id) => log.querySelector(`[data-id="${Number(id)}"]`);
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const toEnd = (behavior = "instant") => {
    pinned = true;
    down.hidden = true;
    log.scrollTo({ top: log.scrollHeight, behavior });
  };

  function drawFrame() {
    drawHeader();
    writing.draw();
  }

  return { draw, drawFrame, put, act, focus: writing.focus };
}

/** The dialog or the toast that answers a pressed button. */
export function showCallbackAnswer(answer) {
  if (!answer.text) return;
  if (answer.show_alert) alertDialog(answer.text);
  else toast(answer.text, "dark");
}

function acceptFiles(root, sign, writing) {
  let depth = 0;
  const files = (event) => event.dataTransfer?.types.includes("Files");
  root.addEventListener("dragenter", (event) => { if (files(event)) { depth += 1; sign.hidden = false; } });
  root.addEventListener("dragleave", (event) => { if (files(event)) { depth -= 1; if (depth <= 0) sign.hidden = true; } });
  root.addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
  root.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth = 0;
    sign.hidden = true;
    writing.attach([...event.dataTransfer.files]);
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Скопировано");
  } catch {
    toast("Браузер не дал скопировать", "error");
  }
}
