// Where the person writes: text, files, a reply, the bot's keyboard and commands, or the one button that fits instead.

import { h, icon, iconButton, toast } from "./dom.js";
import { fullName } from "./message.js";
import { addPerson } from "./people.js";
import { plainText } from "./richtext.js";

const TALLEST = 160;

export function composer(app, redraw) {
  const node = h("footer", { class: "composer" });
  const text = h("textarea", { rows: 1, placeholder: "Сообщение", "aria-label": "Сообщение", maxlength: 4096,
    oninput: () => { grow(); suggest(); remember(); }, onkeydown: keys, onpaste: pasted });
  const picker = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Файл", onchange: () => { attach([...picker.files]); picker.value = ""; } });
  const sendButton = iconButton("send", "Отправить", () => submit(), { class: "icon-button send" });
  const replyBox = h("div", { class: "context", hidden: true });
  const fileBox = h("div", { class: "context", hidden: true });
  const papers = h("div", { class: "suggestions papers", role: "listbox", "aria-label": "Пришлите свой документ", hidden: true });
  const suggestions = h("div", { class: "suggestions", role: "listbox", "aria-label": "Команды бота", hidden: true });
  const speakerBox = h("div", { class: "speaker" });
  const keyboardBox = h("div", { class: "reply-keyboard" });
  const keyboardButton = iconButton("keyboard", "Клавиатура бота", () => { app.current.keyboardHidden = !app.current.keyboardHidden; draw(); });
  const commandsButton = iconButton("slash", "Команды бота", () => { if (suggestions.hidden) listCommands(""); else suggestions.hidden = true; text.focus(); });
  const attachButton = iconButton("attach", "Прикрепить файл", () => (app.state.papers?.length ? offerPapers() : picker.click()));
  const row = h("div", { class: "compose-row" },
    attachButton, text, commandsButton, keyboardButton, sendButton);
  const form = h("div", { class: "compose" }, speakerBox, replyBox, fileBox, papers, suggestions, row, picker, keyboardBox);

  let drawnKeyboard = null;
  let drawnFor = null;

  function draw() {
    const chat = app.current;
    node.hidden = !chat;
    if (!chat) return;
    if (drawnFor !== chat) switchTo(chat);
    const place = standing(chat);
    if (place !== "field") {
      // The same bar is left alone: an open list of people in it must not close under the pointer.
      const key = [place, chat.id, chat.start, app.chats.size].join();
      if (node.dataset.shows !== key) node.replaceChildren(bars[place](chat));
      node.dataset.shows = key;
      return;
    }
    delete node.dataset.shows;
    if (form.parentNode !== node) node.replaceChildren(form);
    drawReply(chat);
    drawFiles(chat);
    drawSpeaker(chat);
    drawKeyboard(chat);
    commandsButton.hidden = !app.commandsFor(chat).length;
  }

  function switchTo(chat) {
    drawnFor = chat;
    text.value = chat.draft || "";
    suggestions.hidden = true;
    papers.hidden = true;
    requestAnimationFrame(grow);
  }

  /** What the person can do here now: write, or the one thing that Telegram offers instead. */
  function standing(chat) {
    if (chat.person?.is_deleted) return "deleted";
    if (chat.person?.is_blocked) return "blocked";
    if (chat.start !== null) return "link";
    return chat.person && chat.loaded && !chat.messages.size ? "empty" : "field";
  }

  const wide = (label, onclick) => h("button", { type: "button", class: "wide-button", onclick }, label);
  const bars = {
    deleted: () => h("p", { class: "instead" }, "Аккаунт удалён: писать больше некому"),
    blocked: (chat) => wide("Разблокировать", async () => {
      await app.tell(`people/${chat.id}/unblock`, {});
      await app.refresh();
    }),
    link: (chat) => startBar(chat),
    empty: (chat) => {
      const invitation = chat.person.invitation ?? "";
      return wide(invitation ? "Старт по приглашению" : "Старт", () => start(chat, invitation));
    },
  };

  /** A start link was opened: Telegram shows its button instead of the field, and here one can also choose who opens it. */
  function startBar(chat) {
    const people = [...app.chats.values()].filter((one) => one.person && !one.person.is_deleted);
    const who = h("select", { "aria-label": "Кто открывает ссылку", onchange: async () => {
      const payload = chat.start;
      const id = who.value === "new" ? await addPerson(app) : Number(who.value);
      if (!id) { who.value = String(chat.id); return; }
      chat.start = null;
      await app.open(id);
      app.offerStart(payload);
    } }, people.map((one) => h("option", { value: one.id, selected: one === chat }, one.title)), h("option", { value: "new" }, "новый человек…"));
    return h("div", { class: "start-bar" },
      h("div", { class: "context" }, h("div", {}, h("b", {}, "Ссылка на бота"), h("span", {}, chat.start ? `start=${chat.start}` : "без параметра")),
        h("label", {}, "как", who), iconButton("close", "Не открывать", () => { chat.start = null; redraw(); })),
      wide("Старт", () => start(chat, chat.start)));
  }

  async function start(chat, payload) {
    chat.start = null;
    await app.tell(`chats/${chat.id}/start`, payload ? { payload } : {});
    draw();
    focus();
  }

  function drawReply(chat) {
    replyBox.hidden = !chat.replyTo;
    if (!chat.replyTo) return;
    replyBox.replaceChildren(icon("reply"), h("div", {}, h("b", {}, fullName(chat.replyTo.from)), h("span", {}, plainText(chat.replyTo).slice(0, 140))),
      iconButton("close", "Не отвечать", () => { chat.replyTo = null; draw(); }));
  }

  function drawFiles(chat) {
    fileBox.hidden = !chat.files.length;
    fileBox.replaceChildren(icon("file"), h("div", {}, h("b", {}, chat.files.length > 1 ? `Файлов: ${chat.files.length}` : "Файл"), h("span", {}, chat.files.map((file) => file.name).join(", "))),
      iconButton("close", "Убрать файлы", () => { chat.files = []; draw(); }));
  }

  function drawSpeaker(chat) {
    speakerBox.hidden = Boolean(chat.person);
    const key = [chat.id, chat.speaker, ...chat.members].join();
    if (chat.person || speakerBox.dataset.shows === key) return;
    speakerBox.dataset.shows = key;
    const select = h("select", { "aria-label": "От чьего имени писать в группу", onchange: () => { chat.speaker = Number(select.value); redraw(); } },
      chat.members.map((id) => h("option", { value: id, selected: id === chat.speaker }, app.chats.get(id)?.title || `id ${id}`)));
    speakerBox.replaceChildren(h("label", {}, "Пишет ", select));
  }

  function drawKeyboard(chat) {
    const { markup, message } = chat.keyboard();
    const keyboard = markup?.keyboard;
    const same = message === drawnKeyboard;
    if (!same) {
      drawnKeyboard = message;
      if (markup?.force_reply && chat.replyOffered !== message.message_id) { chat.replyOffered = message.message_id; replyTo(message); }
    }
    text.placeholder = markup?.input_field_placeholder || "Сообщение";
    keyboardButton.hidden = !keyboard;
    keyboardButton.setAttribute("aria-pressed", String(Boolean(keyboard) && !chat.keyboardHidden));
    keyboardBox.hidden = !keyboard || chat.keyboardHidden;
    if (!keyboard || same) return;
    keyboardBox.replaceChildren(...keyboard.map((line) => h("div", { class: "row" }, line.map((button) => replyButton(chat, markup, button)))));
  }

  function replyButton(chat, markup, told) {
    const button = typeof told === "string" ? { text: told } : told;
    const special = button.request_contact || button.request_location || button.request_poll || button.web_app || button.request_users || button.request_chat;
    return h("button", { type: "button", onclick: () => {
      if (special) return toast("Такие кнопки работают только в настоящем Telegram");
      if (markup.one_time_keyboard) chat.keyboardHidden = true;
      return send(button.text);
    } }, button.text);
  }

  function suggest() {
    const typed = /^\/([a-z0-9_]*)$/i.exec(text.value);
    if (typed) listCommands(typed[1]);
    else suggestions.hidden = true;
  }

  function listCommands(prefix) {
    const found = app.commandsFor(app.current).filter(({ command }) => command.startsWith(prefix.toLowerCase()));
    suggestions.hidden = !found.length;
    suggestions.replaceChildren(...found.map(({ command, description }) => h("button", { type: "button", role: "option", onclick: () => {
      suggestions.hidden = true;
      text.value = "";
      send(`/${command}`);
    } }, h("b", {}, `/${command}`), h("span", {}, description))));
  }

  function keys(event) {
    if (event.key === "Escape") {
      if (!papers.hidden) papers.hidden = true;
      else if (!suggestions.hidden) suggestions.hidden = true;
      else if (app.current.replyTo) { app.current.replyTo = null; draw(); }
    } else if (event.key === "ArrowUp" && !suggestions.hidden) {
      event.preventDefault();
      suggestions.lastElementChild.focus();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  }

  function pasted(event) {
    const files = [...(event.clipboardData?.files || [])];
    if (!files.length) return;
    event.preventDefault();
    attach(files);
  }

  /** One's own file first; below it what the demonstration has laid ready. */
  function offerPapers() {
    papers.hidden = !papers.hidden;
    suggestions.hidden = true;
    if (papers.hidden) return;
    const offer = (name, note, take) => h("button", { type: "button", role: "option", onclick: () => { papers.hidden = true; take(); } }, h("b", {}, name), h("span", {}, note));
    papers.replaceChildren(
      h("p", {}, "Пришлите свой документ"),
      offer("Выбрать файл…", "с этого компьютера: Word, PDF, Excel, текст", () => picker.click()),
      h("p", {}, "Или возьмите готовый"),
      ...app.state.papers.map((paper, place) => offer(paper.name, paper.note, () => takePaper(place, paper.name))));
    papers.querySelector("button").focus();
  }

  async function takePaper(place, name) {
    try {
      const answer = await fetch(`/sandbox/papers/${place}`);
      if (!answer.ok) throw new Error(String(answer.status));
      attach([new File([await answer.blob()], name)]);
    } catch {
      toast("Документ не открылся. Проверьте, что песочница запущена.");
    }
  }

  async function submit() {
    const chat = app.current;
    const written = text.value;
    const files = chat.files;
    if (!written.trim() && !files.length) return;
    text.value = "";
    chat.draft = "";
    chat.files = [];
    suggestions.hidden = true;
    grow();
    const done = files.length ? await sendFiles(chat, files, written.trim()) : await send(written);
    if (!done) { text.value = written; chat.files = files; grow(); } // nothing typed is lost when the sandbox is away
    draw();
    focus();
  }

  async function sendFiles(chat, files, caption) {
    for (const [index, file] of files.entries()) {
      const body = new FormData();
      body.append("file", file, file.name);
      if (caption && index === files.length - 1) body.append("caption", caption);
      if (!chat.person) body.append("from_id", String(chat.speaker));
      if (chat.replyTo) body.append("reply_to_message_id", String(chat.replyTo.message_id));
      if ((await app.tell(`chats/${chat.id}/documents`, body)) === undefined) return false;
    }
    chat.replyTo = null;
    return true;
  }

  async function send(words) {
    const chat = app.current;
    const body = { text: words };
    if (!chat.person) body.from_id = chat.speaker;
    if (chat.replyTo) body.reply_to_message_id = chat.replyTo.message_id;
    const sent = await app.tell(`chats/${chat.id}/messages`, body);
    if (sent === undefined) return false;
    chat.replyTo = null;
    draw();
    return true;
  }

  function attach(files) {
    const chat = app.current;
    if (!chat || standing(chat) !== "field") return;
    chat.files = [...chat.files, ...files];
    draw();
    focus();
  }

  function replyTo(message) {
    app.current.replyTo = message;
    drawReply(app.current);
    focus();
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, TALLEST)}px`;
  }

  function remember() {
    app.current.draft = text.value;
  }

  /** Focus only where it does not raise a phone's keyboard over the chat. */
  function focus() {
    if (matchMedia("(hover: hover)").matches) (form.isConnected ? text : node.querySelector(".wide-button"))?.focus();
  }

  return { node, draw, send, replyTo, attach, focus };
}
