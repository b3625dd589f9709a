// Builds nodes. Text is always set as text: nothing is ever parsed as HTML.
import { LINES } from "./site.mjs";

/** Returns an element; functions become listeners, true an empty attribute, null and false nothing. */
export function el(tag, props, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(props ?? {})) {
		if (typeof value === "function") node.addEventListener(name.slice(2), value);
		else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : value);
	}
	node.append(...children.flat().filter((child) => child));
	return node;
}

/** Text for screen readers only. */
export const spoken = (text) => el("span", { class: "spoken" }, text);

/** Returns a link, or its bare content where the address is not http(s), tel or sms. */
export function link(address, props, ...content) {
	const kind = /^(?:(https?):\/\/|tel:|sms:)/.exec(address);
	if (!kind) return el("span", null, content);
	// A web page opens beside the chat, because leaving this page ends it.
	const web = kind[1] && { target: "_blank", rel: "noopener noreferrer" };
	return el("a", { href: address, ...web, ...props }, content);
}

const SHORT = LINES.map((line) => line.call).filter((call) => /^\d{3}$/.test(call));
const LINKS = new RegExp(
	String.raw`https?://[^\s<>"]*[^\s<>".,;:!?)\]]|(?<![\d.-])(?:(?:1-)?\d{3}-\d{3}-\d{4}|${SHORT.join("|")})(?![\d-]|\.\d)`,
	"g",
);

function withLinks(text) {
	const nodes = [];
	let end = 0;
	for (const { 0: found, index } of text.matchAll(LINKS)) {
		nodes.push(text.slice(end, index), link(found.startsWith("http") ? found : `tel:${found}`, null, found));
		end = index + found.length;
	}
	return [...nodes, text.slice(end)];
}

/** Returns paragraphs and lists: a blank line ends a paragraph, "- " opens a list item. */
export function richText(text) {
	const blocks = [];
	let open;
	for (const line of String(text).split("\n")) {
		const item = /^\s*- (.*)/.exec(line);
		const tag = item ? "ul" : "p";
		if (!line.trim()) open = null;
		else {
			if (open?.localName !== tag) blocks.push((open = el(tag, { dir: "auto" })));
			else if (!item) open.append(el("br"));
			open.append(...(item ? [el("li", null, withLinks(item[1]))] : withLinks(line)));
		}
	}
	return blocks;
}
