// The right pane: the clock, the calls of the Bot API, the faults and the limits.

import { h, icon, iconButton, toast } from "./dom.js";
import { field } from "./people.js";
import { chooseZone, chosenZone, format, instantOf, now, second, setClock, wallOf, zones } from "./viewtime.js";

export const KEPT_CALLS = 400;
const PRESETS = [
  { label: "Сеть пропала", fault: { drop: "before", count: 3 }, hint: "три вызова, и опрос getUpdates тоже, оборвутся, не дойдя" },
  { label: "Ответ потерян", fault: { method: "sendMessage", drop: "after", count: 1 }, hint: "вызов подействует, но бот не узнает" },
  { label: "429", fault: { method: "sendMessage", error_code: 429, retry_after: 5, count: 1 }, hint: "подождать 5 с" },
  { label: "Заблокирован", fault: { method: "sendMessage", error_code: 403, description: "Forbidden: bot was blocked by the user", count: 1 }, hint: "как будто человек заблокировал бота" },
  { label: "Сбой 500", fault: { method: "sendMessage", error_code: 500, description: "Internal Server Error", count: 1 }, hint: "ошибка самого Telegram" },
  { label: "Медленно", fault: { method: "sendMessage", delay: 5, count: 3 }, hint: "три ответа придут через 5 с" },
];

export function behindPane(root, app) {
  const clock = clockSection(app);
  const calls = callsSection(app);
  const faults = faultsSection(app);
  const tabs = tabbed([["Вызовы", calls.node], ["Сбои и лимиты", faults.node]]);
  root.append(
    h("header", { class: "bar" }, h("h2", {}, "За кулисами"), iconButton("close", "Закрыть панель", () => app.show("chat"), { class: "icon-button wide-hidden" })),
    clock.node, tabs);
  return {
    draw() { clock.draw(); faults.draw(); },
    tick: clock.draw,
    call: calls.add,
    calls: calls.replace,
  };
}

function clockSection(app) {
  const time = h("span", { class: "clock-time" });
  const date = h("span", { class: "clock-date" });
  const zone = h("select", { "aria-label": "Часовой пояс на этой странице", title: "В каком поясе показывать время на этой странице", onchange: () => { chooseZone(zone.value); app.redraw(); } },
    zones().map(([value, label]) => h("option", { value, selected: value === chosenZone() }, label)));
  const wall = h("input", { type: "datetime-local", "aria-label": "Перевести часы на", required: true });
  const move = async (body) => {
    if (body.to && Date.parse(body.to) < now()) return toast("Часы песочницы идут только вперёд", "error");
    const answer = await app.tell("clock", body);
    if (answer === undefined) return undefined;
    setClock(answer.clock);
    app.redraw();
    return answer.moved ? undefined : toast("Впереди нет ничего, что бот собирается сделать");
  };
  const button = (label, body, title) => h("button", { type: "button", class: "pill", title, onclick: () => move(body) }, label);
  const form = h("form", { class: "row-form", onsubmit: (event) => {
    event.preventDefault();
    move({ to: new Date(instantOf(wall.value)).toISOString() });
  } }, wall, h("button", { class: "pill" }, "Перевести"));
  const node = h("section", { class: "clock", "aria-label": "Часы песочницы" },
    h("div", { class: "clock-face" }, icon("clock"), h("div", {}, time, date)),
    h("div", { class: "pills" }, button("+1 час", { advance: 3600 }), button("+1 день", { advance: 86400 }),
      button("к следующему событию", { next: true }, "Перевести часы к ближайшему, что бот собирается сделать")),
    form,
    h("label", { class: "zone" }, h("span", {}, "Время в чатах:"), zone));
  let shown = "";
  const draw = () => {
    time.textContent = second(now());
    date.textContent = format(now(), { weekday: "long", day: "numeric", month: "long", year: "numeric" });
    const value = wallOf(now());
    // The field follows the clock until somebody types into it.
    if (wall.value === shown) { wall.value = value; shown = value; }
  };
  draw();
  return { node, draw };
}

function tabbed(pairs) {
  const panels = pairs.map(([, node], index) => h("div", { id: `panel-${index}`, role: "tabpanel", "aria-labelledby": `tab-${index}`, class: "panel", hidden: index > 0 }, node));
  const buttons = pairs.map(([label], index) => h("button", { type: "button", id: `tab-${index}`, role: "tab", "aria-controls": `panel-${index}`,
    "aria-selected": String(index === 0), tabindex: index ? "-1" : "0", onclick: () => choose(index), onkeydown: keys }, label));
  function choose(chosen) {
    panels.forEach((panel, index) => { panel.hidden = index !== chosen; });
    buttons.forEach((button, index) => {
      button.setAttribute("aria-selected", String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
    });
  }
  function keys(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (buttons.indexOf(event.target) + step + buttons.length) % buttons.length;
    choose(next);
    buttons[next].focus();
  }
  return h("section", { class: "tabs" }, h("div", { role: "tablist", class: "tablist", "aria-label": "Что показать" }, buttons), panels);
}

function callsSection(app) {
  const kept = new Map();
  const list = h("ol", { class: "calls", "aria-label": "Вызовы Bot API, новые сверху" });
  const wanted = h("input", { type: "search", placeholder: "метод или чат", "aria-label": "Показать только вызовы, где есть", oninput: () => redraw() });
  const polling = h("input", { type: "checkbox", onchange: () => redraw() });
  const node = h("div", { class: "calls-box" },
    h("div", { class: "calls-filter" }, wanted, h("label", { class: "check" }, polling, "getUpdates")), list);

  // Polling that goes well is silence; polling that fails is news.
  const matches = (call) => (polling.checked || call.method.toLowerCase() !== "getupdates" || call.status !== 200)
    && `${call.method} ${call.chat} ${call.error || ""}`.toLowerCase().includes(wanted.value.trim().toLowerCase());

  function redraw() {
    list.replaceChildren(...[...kept.values()].reverse().filter(matches).map(callRow));
    if (!list.childElementCount) list.append(h("li", { class: "empty" }, "Бот ещё ничего не вызывал"));
  }

  function add(record) {
    const call = callView(app, record);
    kept.set(call.id, call);
    if (kept.size > KEPT_CALLS) kept.delete(leastWanted());
    if (!matches(call)) return;
    list.querySelector(".empty")?.remove();
    const old = list.querySelector(`[data-call="${CSS.escape(String(call.id))}"]`);
    if (old) old.replaceWith(callRow(call));
    else list.prepend(callRow(call));
    while (list.childElementCount > KEPT_CALLS) list.lastElementChild.remove();
  }

  /** Polling would push everything else out: its oldest record goes first. */
  function leastWanted() {
    for (const call of kept.values()) if (call.method.toLowerCase() === "getupdates") return call.id;
    return kept.keys().next().value;
  }

  function replace(records) {
    kept.clear();
    for (const call of records.slice(-KEPT_CALLS).map((record) => callView(app, record))) kept.set(call.id, call);
    redraw();
  }

  return { node, add, replace };
}

/** One record of /sandbox/calls in the words of this pane. */
function callView(app, { id, method, parameters, files = [], answer, status, sandbox_time: at }) {
  const lost = answer === null || answer === undefined;
  return { id, method, parameters, files, answer, status: lost ? null : status, at: Date.parse(at),
    chat: app.chats.get(Number(parameters.chat_id))?.title ?? parameters.chat_id ?? "", error: !lost && !answer.ok ? answer.description : null };
}

function callRow(call) {
  const fine = call.status !== null && call.status < 400;
  const details = h("details", {},
    h("summary", {},
      h("span", { class: `status ${call.status === null ? "lost" : fine ? "fine" : "bad"}` }, call.status === null ? "обрыв" : String(call.status)),
      h("span", { class: "method" }, call.method),
      h("span", { class: "call-chat" }, String(call.chat)),
      h("time", {}, Number.isNaN(call.at) ? "" : second(call.at)),
      call.error && h("span", { class: "call-error" }, call.error)));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(h("div", { class: "call-details" },
      h("h3", {}, "Параметры"), pretty(call.parameters),
      call.files.length > 0 && h("p", { class: "hint" }, `Файлы: ${call.files.join(", ")}`), h("h3", {}, "Ответ"), pretty(call.answer)));
  });
  return h("li", { "data-call": call.id }, details);
}

function pretty(value) {
  // Nested objects travel as JSON in strings; unfolded they can be read.
  const unfolded = (_key, inner) => {
    if (typeof inner !== "string" || !/^[[{]/.test(inner)) return inner;
    try { return JSON.parse(inner); } catch { return inner; }
  };
  return h("pre", { tabindex: "0" }, value === null ? "нет: соединение оборвалось" : JSON.stringify(value, unfolded, 2));
}

function faultsSection(app) {
  const current = h("ul", { class: "faults" });
  const inputs = {
    method: h("input", { placeholder: "любой", list: "methods", autocomplete: "off" }),
    error_code: h("input", { type: "number", min: 400, max: 599, placeholder: "нет" }),
    description: h("input", { placeholder: "по коду", autocomplete: "off" }),
    retry_after: h("input", { type: "number", min: 1, max: 3600, placeholder: "с" }),
    drop: h("select", {}, h("option", { value: "" }, "не рвать"), h("option", { value: "before" }, "до выполнения"), h("option", { value: "after" }, "после выполнения")),
    delay: h("input", { type: "number", min: 0, max: 300, step: "any", placeholder: "с" }),
    count: h("input", { type: "number", min: 1, max: 1000, value: 1, required: true }),
  };
  const here = h("input", { type: "checkbox" });
  const put = async (fault) => {
    if ((await app.tell("faults", fault)) === undefined) return;
    toast("Сбой подготовлен");
    await app.refresh();
  };
  const form = h("form", { class: "fault-form", onsubmit: (event) => {
    event.preventDefault();
    put(faultFrom(inputs, here.checked ? app.current?.id : undefined));
  } },
    field("Метод", inputs.method), field("Код ошибки", inputs.error_code), field("Описание", inputs.description), field("retry_after", inputs.retry_after),
    field("Обрыв связи", inputs.drop), field("Задержка, с", inputs.delay), field("Сколько раз", inputs.count),
    h("label", { class: "check" }, here, "только открытый чат"),
    h("datalist", { id: "methods" }, ["sendMessage", "editMessageText", "answerCallbackQuery", "sendDocument", "sendPhoto", "getUpdates", "deleteMessage"].map((value) => h("option", { value }))),
    h("button", { class: "pill strong" }, "Подготовить сбой"));
  const limits = limitsForm(app);
  const node = h("div", { class: "faults-box" },
    h("h3", {}, "Готовые сбои"),
    h("div", { class: "pills" }, PRESETS.map(({ label, fault, hint }) => h("button", { type: "button", class: "pill", title: hint, onclick: () => put(fault) }, label))),
    current, h("details", {}, h("summary", {}, "Свой сбой"), form), h("h3", {}, "Лимиты Telegram"), limits.node);
  const draw = () => {
    const list = app.state.faults || [];
    current.replaceChildren(...list.map((fault) => h("li", {}, faultWords(fault))));
    if (!list.length) current.append(h("li", { class: "empty" }, "Сейчас всё работает без сбоев"));
    limits.draw();
  };
  return { node, draw };
}

function faultFrom(inputs, chatId) {
  const fault = { count: Number(inputs.count.value) };
  for (const name of ["method", "description", "drop"]) if (inputs[name].value.trim()) fault[name] = inputs[name].value.trim();
  for (const name of ["error_code", "retry_after", "delay"]) if (inputs[name].value) fault[name] = Number(inputs[name].value);
  if (chatId !== undefined) fault.chat_id = chatId;
  return fault;
}

function faultWords(fault) {
  const what = [fault.error_code && `ошибка ${fault.error_code}`, fault.retry_after && `ждать ${fault.retry_after} с`,
    fault.drop === "before" && "обрыв до выполнения", fault.drop === "after" && "обрыв после выполнения",
    fault.delay && `задержка ${fault.delay} с`].filter(Boolean).join(", ");
  const where = [fault.method || "любой метод", fault.chat_id && `чат ${fault.chat_id}`].filter(Boolean).join(", ");
  return `${where}: ${what || "сбой"} · осталось ${fault.count}`;
}

function limitsForm(app) {
  const enabled = h("input", { type: "checkbox", role: "switch", onchange: () => save() });
  const numbers = { per_second: "в секунду всего", per_chat_per_second: "в секунду в чат", per_group_per_minute: "в минуту в группу" };
  const inputs = Object.fromEntries(Object.keys(numbers).map((name) => [name, h("input", { type: "number", min: 0.1, step: "any", onchange: () => save() })]));
  const save = async () => {
    const body = { enabled: enabled.checked };
    for (const [name, input] of Object.entries(inputs)) if (input.value) body[name] = Number(input.value);
    await app.tell("limits", body);
    await app.refresh();
  };
  const node = h("div", { class: "limits" }, h("label", { class: "check" }, enabled, "Отвечать 429, когда бот пишет слишком часто"),
    Object.entries(numbers).map(([name, label]) => field(label, inputs[name])));
  const draw = () => {
    const told = app.state.limits || {};
    enabled.checked = Boolean(told.enabled);
    for (const [name, input] of Object.entries(inputs)) if (document.activeElement !== input) input.value = told[name] ?? "";
  };
  return { node, draw };
}
