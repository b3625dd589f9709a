// The bubbles of the log: questions, replies with their buttons, sources and lines, and trouble.
import { el, link, richText, spoken } from "./dom.mjs";
import { LINES } from "./site.mjs";

const LOUD = ["escalation", "check_in", "refusal", "unknown"];
const array = (value) => (Array.isArray(value) ? value.filter((item) => item && typeof item === "object") : []);
const nameOf = (line, words) => words.names[line.id] ?? line.name;

/** Returns the links of a line: call, text, chat. */
export function lineLinks(line, words, label) {
	const name = () => spoken(` ${nameOf(line, words)}`);
	const keyword = LINES.find((own) => own.id === line.id)?.[`keyword_${words.code}`] ?? line.keyword;
	const to = keyword ? keyword + words.to + line.text : line.text;
	const body = /^[A-Z]+$/.test(keyword) ? `?&body=${keyword}` : ""; // "?&" is read by Android and iOS alike
	return [
		line.call && link(`tel:${line.call}`, { class: "call" }, el("span", { class: "verb" }, words.call), label ?? line.call, name()),
		line.text &&
			link(`sms:${line.text}${body}`, { class: "also" }, words.text, label ? spoken(` ${to}`) : ` ${to}`, name()),
		line.chat && link(line.chat, { class: "also" }, words.chat, name()),
	];
}

function bubble(kind, props, ...children) {
	return el("div", { class: `bubble ${kind}`, part: `bubble ${kind}`, tabindex: "-1", ...props }, ...children);
}

function linesList(lines, words) {
	const item = (line) => el("li", null, el("b", null, nameOf(line, words)), el("span", { class: "ways" }, lineLinks(line, words)));
	return el("ul", { class: "lines" }, lines.map(item));
}

/** What the person wrote. */
export const userBubble = (text, words) => bubble("you", null, spoken(words.you), el("p", { dir: "auto" }, text));

/** What the widget says by itself when the server is slow, gone or unwilling. */
export function troubleBubble(text, lines, words) {
	const own = array(lines);
	return bubble("urgent", { role: "alert" }, richText(text), linesList(own.length ? own : LINES, words));
}

/** One reply. `act` has press(button), rate(passage, helpful) and exit(). */
export function replyBubble(reply, words, act, offerExit) {
	const kind = /^[a-z_]+$/.test(reply.kind) ? reply.kind : "answer";
	const urgent = kind === "escalation" || (kind === "notice" && reply.fallback);
	const lines = array(reply.hotlines);
	const sources = array(reply.sources);
	const choice = (title, onclick) => el("button", { type: "button", onclick }, title);
	const choices = array(reply.buttons).map((button) =>
		choice(`${button.title}`, () => (button.payload === "say:exit" ? act.exit() : act.press(button))),
	);
	if (offerExit) choices.unshift(choice(words.exit + words.exitMore, act.exit));
	// An answer's own text names its line, with a link; a list under each one would drown it.
	const listed = urgent || LOUD.includes(kind) || (kind !== "notice" && lines.length > 1);
	return bubble(
		urgent ? "urgent" : kind,
		{ role: urgent && "alert" },
		urgent ? el("b", { class: "flag" }, words.urgent) : spoken(words.answer),
		richText(reply.text),
		listed && linesList(lines, words),
		sources[0] && sourcesFold(sources, words),
		choices[0] && el("div", { class: "choices" }, choices),
		reply.ratable && sources[0]?.id && feedback(sources[0].id, words, act, choice),
	);
}

function sourcesFold(sources, words) {
	const term = (name) => words.terms[name] ?? name;
	const item = ({ url, title }) => el("li", null, link(url, null, `${title}`));
	const { checked_on, level, status } = sources[0]; // of the answer: a city's answer may rest on a law of the state
	const date = new Date(`${checked_on}T12:00Z`);
	const checked = Number.isNaN(+date) ? checked_on : date.toLocaleDateString(words.code, { dateStyle: "long" });
	return el(
		"details",
		null,
		el("summary", null, words.sources, el("small", null, `${words.checked}${checked} · ${term(level)} · ${term(status)}`)),
		el("ul", null, sources.map(item)),
	);
}

function feedback(passage, words, act, choice) {
	const vote = (helpful) => {
		act.rate(passage, helpful);
		box.replaceChildren(words.thanks);
		box.focus(); // the pressed button is gone; focus must not fall to the page
	};
	const box = el("div", { class: "feedback", tabindex: "-1", role: "group", "aria-label": words.helpful }, el("span", null, words.helpful));
	box.append(choice(words.yes, () => vote(true)), choice(words.no, () => vote(false)));
	return box;
}
