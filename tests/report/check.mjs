// node check.mjs PLAYWRIGHT PAGE.html...: opens each page in Chromium without a network, in light and dark, on a desk and
// on a phone. Fails unless its figures are there and right: charts drawn, with values under the pointer; pictures
// shown; what moves, held; tables that sort; nothing wider than the screen; nothing in the console.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [playwright, ...pages] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(resolve(playwright)));
const sizes = { desk: { width: 1100, height: 800 }, phone: { width: 375, height: 740 } };
let failures = 0;

function expect(holds, what) {
  if (holds) return;
  failures += 1;
  console.log(`FAILED: ${what}`);
}

/// Whether at least some of the canvas has been painted.
const isPainted = (canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value !== 0);
};

async function checkCharts(page, where) {
  const charts = page.locator("figure.chart");
  for (let i = 0; i < (await charts.count()); ++i) {
    const chart = charts.nth(i);
    expect(await chart.locator("canvas").evaluate(isPainted), `${where}: chart ${i} is empty`);
    await chart.scrollIntoViewIfNeeded();
    const area = await chart.locator(".u-over").boundingBox();
    await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
    await page.waitForTimeout(60);
    const shown = await chart.locator(".u-legend .u-value").allTextContents();
    expect(shown.slice(1).some((text) => /\d/.test(text)), `${where}: chart ${i} shows no value under the pointer: ${shown}`);
  }
  return charts.count();
}

async function checkPictures(page, where) {
  const widths = await page.locator("main img").evaluateAll((all) => all.map((one) => one.naturalWidth));
  expect(widths.every((width) => width > 0), `${where}: a picture is not shown: ${widths}`);
  const words = await page.locator("main img").evaluateAll((all) => all.map((one) => one.alt));
  expect(words.every((text) => text.length > 0), `${where}: a picture has no description`);
}

/// What moves stands still where that is wanted, and at a click.
async function checkMotion(page, where) {
  const figures = page.locator("figure.motion");
  for (let i = 0; i < (await figures.count()); ++i) {
    const button = figures.nth(i).locator("button");
    const expectShown = async (type, when) => {
      const shown = await figures.nth(i).locator("img").evaluate(async (image) => { await image.decode(); return image.currentSrc.slice(0, 20); });
      expect(shown.startsWith(`data:image/${type}`), `${where}: animation ${i} ${when} is ${shown}`);
    };
    await expectShown("gif", "at first");
    await button.click();
    await expectShown("svg", "held");
    await button.click();
    await expectShown("gif", "played again");
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.reload();
    await expectShown("svg", "without motion");
    await page.emulateMedia({ reducedMotion: null });
    await page.reload();
  }
}

/// A click on a column's name puts its numbers in order, a second click in the other.
async function checkSorting(page, where) {
  const tables = page.locator("table:has(th.number)");
  for (let i = 0; i < (await tables.count()); ++i) {
    const table = tables.nth(i);
    const column = await table.locator("th").evaluateAll((all) => all.findIndex((one) => one.classList.contains("number")));
    for (const sign of [1, -1]) {
      await table.locator("th button").nth(column).click();
      const cells = await table.locator(`tbody tr td:nth-child(${column + 1})`).allTextContents();
      const numbers = cells.map(parseFloat).filter((value) => !Number.isNaN(value));
      const ordered = numbers.every((value, j) => j === 0 || sign * (value - numbers[j - 1]) >= 0);
      expect(ordered, `${where}: table ${i} is not in order: ${cells}`);
    }
  }
}

async function checkPage(browser, file, scheme, size) {
  const where = `${basename(dirname(file))}/${basename(file)}, ${scheme}, ${size}`;
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: scheme, offline: true });
  const page = await context.newPage();
  page.on("console", (message) => expect(message.type() !== "error" && message.type() !== "warning", `${where}: console: ${message.text()}`));
  page.on("pageerror", (error) => expect(false, `${where}: ${error.message}`));
  page.on("request", (request) => expect(/^(file|data):/.test(request.url()), `${where}: asks for ${request.url()}`));
  await page.goto(pathToFileURL(resolve(file)).href);
  const charts = await checkCharts(page, where);
  const pictures = await page.locator("main img").count();
  expect(charts + pictures > 0, `${where}: no figures`);
  await checkPictures(page, where);
  await checkMotion(page, where);
  await checkSorting(page, where);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide <= 0, `${where}: ${wide} pixels wider than the screen`);
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).reduce((a, b) => a + +b, 0) > 384);
  expect(light === (scheme === "light"), `${where}: the paper has the wrong colour`);
  if (process.env.SCREENSHOTS) {
    await mkdir(process.env.SCREENSHOTS, { recursive: true });
    await page.mouse.move(0, 0);
    await page.screenshot({ fullPage: true, path: join(process.env.SCREENSHOTS, `${basename(dirname(file))}-${scheme}-${size}.png`) });
  }
  await context.close();
  console.log(`${where}: ${charts} charts, ${pictures} pictures`);
}

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const file of pages)
  for (const scheme of ["light", "dark"]) for (const size of Object.keys(sizes)) await checkPage(browser, file, scheme, size);
await browser.close();
process.exit(failures > 0 ? 1 : 0);
