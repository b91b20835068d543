// Draws a chart over its still picture, and lets the arrow keys walk its months.
//
// <figure class="app-chart" data-spec="/measures/shoplifting/chart.json">
//   <figcaption>…</figcaption>
//   <div class="app-chart__still"><svg>…</svg></div>
// </figure>
//
// The address answers {"spec": …Vega-Lite…, "name": "…", "readings": [{"month": "2022-06-01",
// "said": "June 2022: 636 offences. Expected range 440 to 624."}]}. The words come from the server:
// no number is made here. If anything fails the still picture stays.

import * as vega from "vega";
import * as vegaLite from "vega-lite";
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

const OPTIONS = {
  actions: false,
  ast: true,
  defaultStyle: false,
  expr: expressionInterpreter,
  mode: "vega-lite",
  renderer: "svg",
  tooltip: { disableDefaultStyle: true },
  vega,
  vegaLite,
};
const MARGINS = 90;
const HELP = "Point at a month, or use the left and right arrow keys, to read it.";

for (const figure of document.querySelectorAll("figure[data-spec]")) {
  draw(figure).catch(() => figure.classList.remove("app-chart--interactive"));
}

async function draw(figure) {
  const answer = await fetch(figure.dataset.spec, { credentials: "same-origin" });
  if (!answer.ok) return;
  const { spec, readings = [], name } = await answer.json();
  const chart = { figure, spec, readings, at: readings.length };
  chart.stage = stage(figure, name || figure.querySelector("figcaption")?.textContent?.trim());
  chart.said = reader(figure);
  await redraw(chart);
  figure.classList.add("app-chart--interactive");
  if (readings.length) {
    walk(chart);
    follow(chart);
  }
  followWidth(chart);
}

function stage(figure, name) {
  const made = document.createElement("div");
  made.className = "app-chart__drawn";
  made.tabIndex = 0;
  made.setAttribute("role", "application");
  made.setAttribute("aria-roledescription", "chart");
  made.setAttribute("aria-label", `${name || "Chart"}. ${HELP}`);
  figure.querySelector(".app-chart__still").after(made);
  return made;
}

function reader(figure) {
  const made = document.createElement("p");
  made.className = "app-chart__said";
  made.setAttribute("aria-live", "polite");
  made.textContent = HELP;
  figure.querySelector(".app-chart__drawn").after(made);
  return made;
}

async function redraw(chart) {
  chart.width = chart.figure.clientWidth;
  chart.result?.finalize();
  const sheet = document.createElement("div");
  sheet.setAttribute("aria-hidden", "true");
  chart.stage.replaceChildren(sheet);
  chart.result = await embed(sheet, fitted(chart.spec, chart.width), OPTIONS);
  mark(chart);
}

// The specification at the width there is, with a rule that stands at the month being read.
function fitted(spec, width) {
  const copy = structuredClone(spec);
  const panels = copy.vconcat || [copy];
  for (const panel of panels) panel.width = Math.max(width - MARGINS, 180);
  const first = panels[0];
  const across = first.layer?.find((layer) => layer.encoding?.x)?.encoding.x;
  if (across) {
    first.layer.push({
      data: { name: "reading", values: [] },
      mark: { type: "rule", color: "#0b0c0c", strokeWidth: 1.5 },
      encoding: { x: across },
    });
  }
  return copy;
}

function walk(chart) {
  const last = chart.readings.length - 1;
  const steps = {
    ArrowLeft: () => chart.at - 1,
    ArrowRight: () => chart.at + 1,
    Home: () => 0,
    End: () => last,
  };
  chart.stage.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !steps[event.key]) return;
    event.preventDefault();
    read(chart, Math.min(Math.max(steps[event.key](), 0), last));
  });
}

// A pointer reads the month it is nearest to.
function follow(chart) {
  chart.stage.addEventListener("pointermove", (event) => {
    const drawn = chart.stage.querySelector("svg");
    const view = chart.result.view;
    const across = scaleOf(view);
    if (!drawn || !across) return;
    const frame = drawn.getBoundingClientRect();
    const shrunk = drawn.viewBox.baseVal.width / frame.width;
    const x = (event.clientX - frame.left) * shrunk - view.origin()[0];
    const away = chart.readings.map((each) => Math.abs(across(new Date(each.month)) - x));
    const nearest = away.indexOf(Math.min(...away));
    if (nearest !== chart.at) read(chart, nearest);
  });
}

function scaleOf(view) {
  for (const name of ["concat_0_x", "x"]) {
    try {
      return view.scale(name);
    } catch {
      // A single chart and one of several panels name their scales differently.
    }
  }
  return undefined;
}

function read(chart, at) {
  chart.at = at;
  chart.said.textContent = chart.readings[at].said;
  mark(chart);
}

function mark(chart) {
  const reading = chart.readings[chart.at];
  if (!reading) return;
  const view = chart.result.view;
  try {
    // Vega-Lite parses dates as it loads them; what is put in later is given as it would be parsed.
    const month = new Date(reading.month);
    view.change("reading", vega.changeset().remove(() => true).insert([{ month }])).run();
  } catch {
    // A chart without months has no rule to move; its readings are still said.
  }
}

function followWidth(chart) {
  let waiting;
  new ResizeObserver(() => {
    if (Math.abs(chart.figure.clientWidth - chart.width) < 2) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => redraw(chart), 150);
  }).observe(chart.figure);
}
