"use strict";
// On a phone the rows of these tables are laid out as cards: what they are is said, as browsers forget it then.
const roles = () => {
	for (const [what, role] of [["thead, tbody", "rowgroup"], ["tr", "row"], ["thead th", "columnheader"], ["tbody th", "rowheader"], ["td", "cell"]]) {
		for (const e of document.querySelectorAll(".rows :is(" + what + ")")) e.setAttribute("role", role);
	}
};
roles();
// Replaces parts of the page by their ids while something goes on, and only while somebody looks: each stream keeps one
// of the few connections that a browser has for a host.
for (const part of document.querySelectorAll("[data-events]")) {
	let stream;
	const open = () => {
		stream = new EventSource(part.dataset.events);
		stream.onmessage = (e) => {
			for (const [id, html] of Object.entries(JSON.parse(e.data))) {
				const at = document.getElementById(id), mine = document.activeElement;
				if (!at || at.contains(mine) && mine.matches("input:not([type=checkbox])")) continue; // somebody types there
				const same = (e) => e.tagName + (e.value || e.href || "") + e.textContent, was = at.contains(mine) && same(mine);
				const ticked = [...at.querySelectorAll("input:checked")].map((i) => i.value);
				at.innerHTML = html;
				for (const i of at.querySelectorAll("input[type=checkbox]")) i.checked = ticked.includes(i.value);
				if (was) [...at.querySelectorAll("a, button, input")].find((e) => same(e) === was)?.focus({preventScroll: true});
			}
			roles();
		};
	};
	document.addEventListener("visibilitychange", () => {
		stream?.close();
		if (!document.hidden) open();
	});
	if (!document.hidden) open();
}
// A second click on what is sent already does nothing.
for (const form of document.querySelectorAll("form[data-once]")) {
	form.addEventListener("submit", () => setTimeout(() => {
		for (const b of form.querySelectorAll("button")) b.disabled = true;
	}));
}
// What takes long is seen to be worked on: a large sheet is judged anew after each word about it.
addEventListener("submit", (e) => setTimeout(() => {
	if (!e.defaultPrevented) document.getElementById("working").textContent = "Working on it. A large sheet takes some seconds.";
}, 700));
// A sheet can be dropped anywhere on its form.
for (const form of document.querySelectorAll("form[data-drop]")) {
	const file = form.querySelector("input[type=file]");
	for (const name of ["dragover", "dragleave", "drop"]) {
		form.addEventListener(name, (e) => {
			e.preventDefault();
			form.classList.toggle("over", name === "dragover");
			if (name === "drop" && e.dataTransfer.files.length) file.files = e.dataTransfer.files;
		});
	}
}
// Who comes back by the browser's own way sees how things stand now, not how they stood.
addEventListener("pageshow", (e) => e.persisted && location.reload());
