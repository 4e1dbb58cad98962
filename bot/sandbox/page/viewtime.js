// Time as the person at the screen sees it: the sandbox's clock, in a zone that can be chosen.

const ZONES = {
  "Europe/Kaliningrad": "Калининград",
  "Europe/Moscow": "Москва",
  "Europe/Samara": "Самара",
  "Asia/Yekaterinburg": "Екатеринбург",
  "Asia/Omsk": "Омск",
  "Asia/Krasnoyarsk": "Красноярск",
  "Asia/Irkutsk": "Иркутск",
  "Asia/Yakutsk": "Якутск",
  "Asia/Vladivostok": "Владивосток",
  "Asia/Magadan": "Магадан",
  "Asia/Kamchatka": "Камчатка",
};
const DATE_TIME = /^(r|w?[dD]?[tT]?)$/;
const SPANS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

let zone = localStorage.getItem("zone") || undefined;
let clock = { instant: Date.now(), seen: performance.now() };

/** Takes the sandbox's clock as the state tells it: an ISO instant. */
export function setClock(told) {
  clock = { instant: Date.parse(told), seen: performance.now() };
}

/** The sandbox's present instant in milliseconds: it goes on between two answers of the server. */
export function now() {
  return clock.instant + performance.now() - clock.seen;
}

export function zones() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [["", `как в браузере (${ZONES[own] || own})`], ...Object.entries(ZONES)];
}

export function chosenZone() {
  return zone || "";
}

export function chooseZone(name) {
  zone = name || undefined;
  if (zone) localStorage.setItem("zone", zone);
  else localStorage.removeItem("zone");
}

export function format(milliseconds, options) {
  return new Intl.DateTimeFormat("ru", { timeZone: zone, ...options }).format(new Date(milliseconds));
}

export const hour = (ms) => format(ms, { hour: "2-digit", minute: "2-digit" });
export const second = (ms) => format(ms, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const dayKey = (ms) => format(ms, { year: "numeric", month: "2-digit", day: "2-digit" });

/** «сегодня», «15 ноября», «15 ноября 2024 г.»: the date between the messages. */
export function day(ms) {
  if (dayKey(ms) === dayKey(now())) return "Сегодня";
  if (dayKey(ms) === dayKey(now() - 86400000)) return "Вчера";
  const sameYear = format(ms, { year: "numeric" }) === format(now(), { year: "numeric" });
  return format(ms, { day: "numeric", month: "long", year: sameYear ? undefined : "numeric" });
}

/** The short stamp in the list of chats: the hour today, the date before. */
export function stamp(ms) {
  return dayKey(ms) === dayKey(now()) ? hour(ms) : format(ms, { day: "2-digit", month: "2-digit", year: "2-digit" });
}

export function exactly(ms) {
  const local = format(ms, { weekday: "long", day: "numeric", month: "long", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" });
  return `${local} · ${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * What a date_time entity shows. The format is Bot API's `r|w?[dD]?[tT]?`: relative, weekday, short or long date,
 * short or long time; with an empty or unknown one the text stays as the bot wrote it.
 */
export function entityTime(unix, pattern, written) {
  if (!pattern || !DATE_TIME.test(pattern)) return written;
  const ms = unix * 1000;
  if (pattern === "r") return relative(ms);
  const parts = [];
  if (pattern.includes("w")) parts.push(format(ms, { weekday: "long" }));
  if (pattern.includes("d")) parts.push(format(ms, { day: "2-digit", month: "2-digit", year: "2-digit" }));
  if (pattern.includes("D")) parts.push(format(ms, { day: "numeric", month: "long", year: "numeric" }));
  const date = parts.join(", ");
  const time = pattern.includes("t") ? hour(ms) : pattern.includes("T") ? second(ms) : "";
  return [date, time].filter(Boolean).join(" в ");
}

function relative(ms) {
  const seconds = (ms - now()) / 1000;
  const words = new Intl.RelativeTimeFormat("ru", { numeric: "auto" });
  for (const [unit, length] of SPANS) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return seconds < 0 ? "только что" : "сейчас";
}

/** The instant of a `datetime-local` value read in the chosen zone. */
export function instantOf(wall) {
  const asUtc = Date.parse(`${wall}Z`);
  const first = asUtc - offset(asUtc);
  return asUtc - offset(first); // the second pass settles the hours near a change of the zone's offset
}

export function wallOf(ms) {
  return new Date(ms + offset(ms)).toISOString().slice(0, 16);
}

function offset(ms) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23",
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(new Date(ms)).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(ms / 1000) * 1000;
}
