// The page of the local Telegram: what is known about the sandbox, and who is told when it changes.

import { KEPT_CALLS, behindPane } from "./behind.js";
import { chatPane, showCallbackAnswer } from "./chat.js";
import { toast } from "./dom.js";
import { fullName } from "./message.js";
import { peoplePane } from "./people.js";
import { Refused, ask, listen } from "./server.js";
import { setClock } from "./viewtime.js";

const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/; // anything else opens the chat without a payload, as in Telegram
const SAME_ANSWER = 3000;

/** One conversation: a person's private chat with the bot (`person` is set) or a group. */
class Chat {
  constructor(id) {
    Object.assign(this, { id, title: "", person: null, members: [], messages: new Map(), reactions: new Map(), unread: 0, isBegun: false, loaded: false,
      action: null, start: null, speaker: null, replyTo: null, replyOffered: null, files: [], draft: "", keyboardHidden: false });
  }

  forget() {
    this.messages = new Map();
    this.reactions = new Map();
    this.loaded = false;
    this.replyTo = null;
  }

  last() {
    return [...this.messages.values()].at(-1);
  }

  /** The reply keyboard or forced reply in force: the latest that the bot sent and has not removed. */
  keyboard() {
    let answered = false;
    for (const message of [...this.messages.values()].reverse()) {
      const markup = message.reply_markup;
      if (!message.from?.is_bot) answered = true;
      else if (markup?.remove_keyboard || (markup?.force_reply && answered)) break;
      else if (markup?.keyboard || markup?.force_reply) return { markup, message };
    }
    return { markup: null, message: null };
  }

  /** Keeps a message; true when it was not known before. Ids grow, but an answer may overtake an event. */
  keep(message) {
    const known = this.messages.has(message.message_id);
    const last = this.last();
    this.messages.set(message.message_id, message);
    if (!known && last && last.message_id > message.message_id) {
      this.messages = new Map([...this.messages].sort(([a], [b]) => a - b));
      return "out of order";
    }
    if (!known && message.reply_markup?.keyboard) this.keyboardHidden = false;
    return known ? "" : "new";
  }
}

const app = {
  state: {},
  bot: { id: 0, first_name: "Бот" },
  chats: new Map(),
  current: null,
  commands: [],
  shownAnswers: [],
  cameFrom: null,

  /** One control call; a refusal becomes a toast and `undefined`. */
  async tell(path, body) {
    try {
      return (await ask(path, addressed(path, body))) ?? null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message, "error");
      return undefined;
    }
  },

  async refresh() {
    const state = await app.tell("state");
    if (state) takeState(state);
  },

  /** Every transcript anew, after a reset or a lost line; drafts and unread marks stay. */
  async reload() {
    for (const chat of app.chats.values()) chat.forget();
    await app.refresh();
    if (!app.current) await app.open(null, { focus: false });
    await Promise.all([loadCalls(), loadAll()]);
  },

  /** Opens a chat, the first one if there is none with this id; `focus` is for when a person asked for it. */
  async open(id, { focus = true } = {}) {
    const chat = app.chats.get(Number(id)) || app.chats.values().next().value || null;
    app.current = chat;
    if (focus) app.show("chat");
    if (chat) {
      await load(chat);
      if (app.current !== chat) return; // another one was opened while this one was on its way
      chat.unread = 0;
      const query = new URLSearchParams(chat.person ? { person: chat.id } : { chat: chat.id });
      history.replaceState(null, "", `?${query}`);
    }
    app.redraw();
    if (focus) panes.chat.focus();
  },

  /** A start link was opened by the present person: the Start button takes the place of the field. */
  offerStart(payload) {
    if (!app.current?.person) return toast("Откройте ссылку из личного чата");
    app.current.start = PAYLOAD.test(payload) ? payload : "";
    panes.chat.draw();
    return undefined;
  },

  commandsFor(chat) {
    const mine = app.commands.map((told, order) => ({ ...told, order, fit: fit(told.scope, chat) })).filter((told) => told.fit > 0);
    mine.sort((a, b) => a.fit - b.fit || a.order - b.order);
    return (mine.at(-1) ?? app.bot).commands ?? [];
  },

  /** The same answer comes by the event and by the press itself: it is shown once. */
  showAnswer(chatId, answer) {
    const key = JSON.stringify([chatId, answer.text, Boolean(answer.show_alert)]);
    const moment = performance.now();
    app.shownAnswers = app.shownAnswers.filter((one) => moment - one.moment < SAME_ANSWER);
    if (app.shownAnswers.some((one) => one.key === key)) return;
    app.shownAnswers.push({ key, moment });
    showCallbackAnswer(answer);
  },

  /** Where the panes slide over the chat, the keyboard's focus goes into the one that opens and back when it closes. */
  show(pane) {
    const before = document.body.dataset.pane;
    if (before === pane) return;
    if (before === "chat") app.cameFrom = document.activeElement;
    document.body.dataset.pane = pane;
    if (pane === "chat") app.cameFrom?.focus();
    else document.querySelector(`#${pane} [aria-label^="Закрыть"]`).focus();
  },

  /** Everything on the screen, the messages too: when another chat is opened or the day on the clock changes. */
  redraw() {
    panes.chat.draw();
    app.redrawAround();
  },

  /** All but the messages, so that an unfolded quote or an uncovered spoiler stays as it is. */
  redrawAround() {
    panes.people.draw();
    panes.chat.drawFrame();
    panes.behind.draw();
    drawTitle();
  },
};

const panes = {
  people: peoplePane(document.getElementById("people"), app),
  chat: chatPane(document.getElementById("chat"), app),
  behind: behindPane(document.getElementById("behind"), app),
};

const handlers = {
  message: ({ chat_id: id, message }) => arrived(id, message),
  edited: ({ chat_id: id, message }) => arrived(id, message),
  deleted: ({ chat_id: id, message_id: messageId }) => {
    app.chats.get(id)?.messages.delete(messageId);
    if (app.current?.id === id) panes.chat.draw();
    panes.people.draw();
  },
  answer: (answer) => {
    if (app.current?.id === answer.chat_id) app.showAnswer(answer.chat_id, answer);
  },
  reaction: (told) => {
    const chat = app.chats.get(told.chat_id);
    chat?.reactions.set(told.message_id, told.reaction || told.new_reaction || []);
    const message = chat?.messages.get(told.message_id);
    if (message && chat === app.current) panes.chat.put(message);
  },
  action: ({ chat_id: id, action }) => {
    const chat = app.chats.get(id);
    if (chat) panes.chat.act(chat, action);
  },
  call: (record) => {
    learnCommands(record);
    panes.behind.call(record);
  },
  state: (state) => (state.people ? takeState(state) : app.refresh()),
};

/** With several bots in the sandbox this page speaks with the first. */
function addressed(path, body) {
  if (body === undefined || (app.state.bots?.length ?? 0) < 2 || !/^(chats|people)\/-?\d+\//.test(path)) return body;
  if (!(body instanceof FormData)) return { token: app.bot.token, ...body };
  body.set("token", app.bot.token);
  return body;
}

async function arrived(id, message) {
  const chat = app.chats.get(id);
  if (!chat) {
    await app.refresh();
    return void (await loadAll());
  }
  const how = chat.keep(message);
  if (how && message.from?.is_bot) {
    chat.action = null;
    if (chat !== app.current) chat.unread += 1;
  }
  if (chat === app.current) {
    if (how === "out of order") panes.chat.draw();
    else panes.chat.put(message);
  }
  panes.chat.drawFrame();
  panes.people.draw();
  drawTitle();
}

function takeState(state) {
  app.state = state;
  setClock(state.clock);
  if (state.bots?.length) app.bot = state.bots[0];
  const gone = new Set(app.chats.keys());
  for (const person of state.people || []) {
    Object.assign(chatOf(person.id), { title: fullName(person), person });
    gone.delete(person.id);
  }
  const everybody = (state.people || []).map((person) => person.id);
  for (const told of state.chats || []) {
    if (told.type === "private") continue;
    const members = (told.member_ids || told.members || everybody).map((one) => one.id ?? one).filter((one) => app.chats.get(one)?.person);
    const chat = chatOf(told.id);
    Object.assign(chat, { title: told.title || `Группа ${told.id}`, members });
    if (!members.includes(chat.speaker)) chat.speaker = members[0] ?? null;
    gone.delete(told.id);
  }
  gone.forEach((id) => app.chats.delete(id));
  const begun = new Set((state.chats || []).map((told) => told.id));
  for (const chat of app.chats.values()) {
    if (chat.isBegun && !begun.has(chat.id)) { // the sandbox was reset
      chat.forget();
      chat.unread = 0;
    }
    chat.isBegun = begun.has(chat.id);
  }
  if (app.current && (!app.chats.has(app.current.id) || !app.current.loaded)) void app.open(app.current.id, { focus: false });
  else app.redrawAround();
}

function chatOf(id) {
  if (!app.chats.has(id)) app.chats.set(id, new Chat(id));
  return app.chats.get(id);
}

async function load(chat) {
  if (chat.loaded) return;
  if (!chat.isBegun) { // nobody has written there yet; what comes now comes as an event
    chat.loaded = true;
    return;
  }
  const messages = await app.tell(`chats/${chat.id}/messages?token=${encodeURIComponent(app.bot.token)}`);
  if (!messages) return;
  messages.forEach((message) => chat.keep(message));
  chat.loaded = true;
}

async function loadAll() {
  await Promise.all([...app.chats.values()].map(load));
  app.redraw();
}

async function loadCalls() {
  const [calls, menus] = await Promise.all([app.tell(`calls?limit=${KEPT_CALLS}`), app.tell("calls?method=setMyCommands")]);
  if (!calls || !menus) return;
  app.commands = [];
  menus.forEach(learnCommands);
  panes.behind.calls(calls);
}

/** The bot's menu is what it told Telegram by setMyCommands. */
function learnCommands(record) {
  if (record.method?.toLowerCase() !== "setmycommands") return;
  const { commands, scope, language_code: language } = record.parameters;
  const told = { commands: unfold(commands) || [], scope: unfold(scope) || { type: "default" } };
  if (!language || language === "ru") app.commands.push(told);
}

function unfold(value) {
  return typeof value === "string" ? JSON.parse(value) : value;
}

/** How narrowly a scope of commands is meant for this chat; the narrowest wins, 0 does not apply. */
function fit(scope, chat) {
  if (scope.type === "chat" || scope.type === "chat_member") return Number(scope.chat_id) === chat.id ? 3 : 0;
  if (scope.type === "all_private_chats") return chat.person ? 2 : 0;
  if (scope.type === "all_group_chats") return chat.person ? 0 : 2;
  return scope.type === "default" ? 1 : 0;
}

function drawTitle() {
  const unread = [...app.chats.values()].reduce((sum, chat) => sum + chat.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${fullName(app.bot)} · песочница`;
}

function lineIs(up) {
  document.getElementById("line").classList.toggle("lost", !up);
  document.getElementById("line-words").textContent = up ? "Песочница · только на этом компьютере" : "Нет связи, подключаюсь снова…";
}

async function begin() {
  const query = new URLSearchParams(location.search);
  await app.refresh();
  const wanted = query.get("person") ?? query.get("chat");
  if (wanted !== null && !app.chats.has(Number(wanted))) toast(`В песочнице нет собеседника с id ${wanted}`, "error");
  await app.open(wanted, { focus: false });
  if (query.has("start")) app.offerStart(query.get("start"));
  await Promise.all([loadCalls(), loadAll()]);
}

document.getElementById("scrim").addEventListener("click", () => app.show("chat"));
addEventListener("keydown", (event) => { if (event.key === "Escape" && !document.querySelector("dialog[open]")) app.show("chat"); });
setInterval(() => panes.behind.tick(), 1000);

// The transcripts are asked for once the line is open: what comes meanwhile comes as events, and nothing falls between.
listen(handlers, async (again) => {
  lineIs(true);
  await (again ? app.reload() : begin());
}, () => lineIs(false));
