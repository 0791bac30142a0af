// Draws the page's charts and sorts its tables.
"use strict";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const digits = (value) => (value === null || value === undefined ? "–" : String(+value.toPrecision(5)));

function draw(figure) {
  const chart = JSON.parse(figure.querySelector("script").textContent);
  const place = figure.querySelector("div");
  const axis = (label, size) => ({
    label, size, stroke: colour("--quiet"), labelSize: 22, font: "12px system-ui", labelFont: "13px system-ui",
    grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 },
    values: (_, splits) => splits.map((value) => (value === null ? "" : digits(value))),
  });
  const few = chart.data[0].length <= 20;
  const options = {
    width: place.clientWidth, height: Math.max(220, Math.min(380, place.clientWidth * 0.5)),
    scales: { x: { time: false }, y: chart.log ? { distr: 3 } : {} },
    axes: [axis(chart.x, 36), axis(chart.y, 62)],
    series: [
      { label: chart.x, value: (_, value) => digits(value) },
      ...chart.series.map((name, i) => ({
        label: name, stroke: colour("--c" + (i % 7)), width: 2, points: { show: few, size: 6 },
        dash: i % 2 ? [8, 4] : undefined, value: (_, value) => digits(value),
      })),
    ],
  };
  place.replaceChildren();
  const plot = new uPlot(options, chart.data, place);
  plot.over.setAttribute("aria-hidden", "true");
  return plot;
}

function sort(button) {
  const header = button.parentElement, table = header.closest("table"), body = table.tBodies[0];
  const column = header.cellIndex, down = header.getAttribute("aria-sort") === "ascending";
  for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const numbers = header.classList.contains("number");
  const key = (row) => {
    const text = row.cells[column].textContent;
    if (!numbers) return text;
    const value = parseFloat(text);
    return Number.isNaN(value) ? (down ? -Infinity : Infinity) : value;  // no number: at the end
  };
  const rows = [...body.rows].sort((a, b) => (numbers ? key(a) - key(b) || 0 : key(a).localeCompare(key(b))));
  if (down) rows.reverse();
  body.append(...rows);
}

document.querySelectorAll("th button").forEach((button) => button.addEventListener("click", () => sort(button)));

const charts = [...document.querySelectorAll("figure.chart")];
const all = () => charts.map(draw);
let drawn = all(), width = window.innerWidth;
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawn = all(); });
addEventListener("resize", () => {
  if (window.innerWidth === width) return;
  width = window.innerWidth;
  drawn = all();
});
