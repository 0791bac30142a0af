// Draws the page's charts, sorts its tables, holds what moves.
"use strict";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const digits = (value) => (value === null || value === undefined ? "–" : String(+value.toPrecision(5)));

// A logarithmic axis is a plain one of exponents: uPlot's own never ends on numbers below 1e-16.
const exponents = (column) => column.map((value) => (value > 0 ? Math.log10(value) : null));
const decades = (_, __, low, high) => {
  const step = Math.max(1, Math.ceil((high - low) / 6)), splits = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) splits.push(at);
  return splits.length > 1 ? splits : [low, (low + high) / 2, high];
};

function draw(figure) {
  const chart = JSON.parse(figure.querySelector("script").textContent);
  const place = figure.querySelector("div");
  const data = chart.data.map((column, i) => ((i === 0 ? chart.log_x : chart.log) ? exponents(column) : column));
  const text = (log) => (value) => digits(log && typeof value === "number" ? 10 ** value : value);
  const axis = (label, size, log) => ({
    label, size, stroke: colour("--quiet"), labelSize: 22, font: "12px system-ui", labelFont: "13px system-ui",
    grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 },
    values: (_, splits) => splits.map((value) => (value === null ? "" : text(log)(value))),
    ...(log ? { splits: decades } : {}),
  });
  const few = data[0].length <= 20;
  const options = {
    width: place.clientWidth, height: Math.max(220, Math.min(380, place.clientWidth * 0.5)),
    scales: { x: { time: false }, y: {} },
    axes: [axis(chart.x, 36, chart.log_x), axis(chart.y, 62, chart.log)],
    series: [
      { label: chart.x, value: (_, value) => text(chart.log_x)(value) },
      ...chart.series.map((name, i) => ({
        label: name, stroke: colour("--c" + (i % 7)), width: 2, dash: i % 2 ? [8, 4] : undefined, spanGaps: true,
        points: { show: few || chart.points[i], size: 6 }, paths: chart.points[i] ? () => null : undefined,
        value: (_, value) => text(chart.log)(value),
      })),
    ],
  };
  place.replaceChildren();
  const plot = new uPlot(options, data, place);
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
    const value = parseFloat(text.replace("< ", ""));
    return Number.isNaN(value) ? (down ? -Infinity : Infinity) : value;  // no number: at the end
  };
  const rows = [...body.rows].sort((a, b) => (numbers ? key(a) - key(b) || 0 : key(a).localeCompare(key(b))));
  if (down) rows.reverse();
  body.append(...rows);
}

document.querySelectorAll("th button").forEach((button) => button.addEventListener("click", () => sort(button)));

// Who wants no motion sees the still picture until the button asks for the moving one.
function holdable(button) {
  const source = button.closest("figure").querySelector("source");
  let held = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = () => {
    source.media = held ? "all" : "print";
    button.textContent = held ? "Play" : "Hold";
  };
  button.addEventListener("click", () => { held = !held; show(); });
  show();
}

document.querySelectorAll("figure.motion button").forEach(holdable);

const charts = [...document.querySelectorAll("figure.chart")];
const all = () => charts.map(draw);
let drawn = all(), width = window.innerWidth;
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawn = all(); });
addEventListener("resize", () => {
  if (window.innerWidth === width) return;
  width = window.innerWidth;
  drawn = all();
});
