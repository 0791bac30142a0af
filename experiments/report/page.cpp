// Builds the page. Its look and behaviour are the files in assets/, which are built into the program.
#include "report/page.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "report/assets.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  return safe;
}

std::string element(const std::string& tag, const std::string& text) {
  return "<" + tag + ">" + escaped(text) + "</" + tag + ">\n";
}

/// Whether a cell begins as a number does: "0.5", "12 %", "95%", "0.98 ± 0.01", "< 0.0001".
bool is_number(const std::string& cell) {
  const char* const begin = cell.c_str() + (cell.starts_with("< ") ? 2 : 0);
  char* end = nullptr;
  std::strtod(begin, &end);
  const std::string rest(end);
  return end != begin && (rest.empty() || rest == "%" || rest == " %" || rest.starts_with(" ± "));
}

/// A column of numbers, with words here and there where there is none.
bool is_number_column(const PageTable& table, std::size_t column) {
  bool any = false;
  for (const auto& row : table.rows) {
    const std::string& cell = row[column];
    if (is_number(cell))
      any = true;
    else if (!cell.empty() && cell != "-" && cell != "never" && cell != "best")
      return false;
  }
  return any;
}

/// The bytes as an address that holds them, in base64 (RFC 4648).
std::string data_address(const std::string& type, const std::string& bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string address = "data:image/" + type + ";base64,";
  for (std::size_t begin = 0; begin < bytes.size(); begin += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - begin);
    unsigned group = 0;  // 24 bits: three bytes, or four digits
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[begin + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) address += i <= count ? digits[group >> (18 - 6 * i) & 63] : '=';
  }
  return address;
}

std::string image(const std::string& address, const std::string& description) {
  return "<img alt=\"" + escaped(description) + "\" src=\"" + address + "\">";
}

Json chart_json(const Chart& chart) {
  Json series = Json::array(), points = Json::array(), columns = Json::array();
  columns.push_back(chart.x);
  for (const ChartSeries& one : chart.series) {
    series.push_back(one.name);
    points.push_back(one.points);
    Json column = Json::array();
    for (const auto& value : one.values)
      column.push_back(value && (*value > 0 || !chart.logarithmic) ? Json(*value) : Json(nullptr));
    columns.push_back(std::move(column));
  }
  return {{"x", chart.x_label}, {"y", chart.y_label}, {"log", chart.logarithmic}, {"log_x", chart.logarithmic_x},
          {"series", series},   {"points", points},   {"data", columns}};
}

/// JSON that may stand within a script element.
std::string script_safe(const Json& json) {
  std::string text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos;) text.replace(at, 1, "\\u003c");
  return text;
}

}  // namespace

Page::Page(std::string title, const std::string& summary) : title_(std::move(title)) {
  body_ = element("h1", title_) + "<p class=\"summary\">" + escaped(summary) + "</p>\n";
}

void Page::heading(const std::string& text, const std::string& anchor) {
  body_ += anchor.empty() ? element("h2", text) : "<h2 id=\"" + escaped(anchor) + "\">" + escaped(text) + "</h2>\n";
}
void Page::paragraph(const std::string& text) { body_ += element("p", text); }

void Page::commands(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  body_ += "<pre>" + escaped(text) + "</pre>\n";
}

void Page::table(const PageTable& table) {
  body_ += "<div class=\"wide\"><table>\n<thead><tr>";
  std::vector<const char*> kinds;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    kinds.push_back(is_number_column(table, i) ? " class=\"number\"" : "");
    body_ += std::string("<th scope=\"col\"") + kinds.back() + "><button type=\"button\">" + escaped(table.header[i]) +
             "</button></th>";
  }
  body_ += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    body_ += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string text = escaped(row[i]);
      const bool leads = i == 0 && table.leads_to_headings;
      body_ +=
          std::string("<td") + kinds[i] + ">" + (leads ? "<a href=\"#" + text + "\">" + text + "</a>" : text) + "</td>";
    }
    body_ += "</tr>\n";
  }
  body_ += "</tbody></table></div>\n";
}

void Page::chart(const Chart& chart) {
  has_charts_ = true;
  body_ += "<figure class=\"chart\" role=\"group\" aria-label=\"" + escaped(chart.title) + "\"><figcaption>" +
           escaped(chart.title) + "</figcaption><div></div><script type=\"application/json\">" +
           script_safe(chart_json(chart)) + "</script></figure>\n";
}

void Page::picture(const std::string& svg, const std::string& description) {
  body_ += "<figure>" + image(data_address("svg+xml", svg), description) + "<figcaption>" + escaped(description) +
           "</figcaption></figure>\n";
}

void Page::animation(const std::string& gif, const std::string& still_svg, const std::string& description) {
  body_ += "<figure class=\"motion\"><picture>";
  if (!still_svg.empty())
    body_ += "<source media=\"print, (prefers-reduced-motion: reduce)\" srcset=\"" +
             data_address("svg+xml", still_svg) + "\">";
  body_ += image(data_address("gif", gif), description) + "</picture><figcaption>" + escaped(description) +
           (still_svg.empty() ? "" : " <button type=\"button\"></button>") + "</figcaption></figure>\n";
}

void Page::verdict(bool good, const std::string& word, const std::string& text) {
  body_ += std::string("<p class=\"verdict\"><b class=\"") + (good ? "good" : "bad") + "\">" + escaped(word) + "</b> " +
           escaped(text) + "</p>\n";
}

std::string Page::html() const {
  std::string text = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  text += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  text += "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n";
  text += element("title", title_) + "<style>\n";
  if (has_charts_) text += std::string(uplot_style()) + "\n";
  text += std::string(page_style()) + "</style>\n</head>\n<body>\n<main>\n" + body_ + "</main>\n";
  if (has_charts_) text += "<script>" + std::string(uplot_script()) + "</script>\n";
  return text + "<script>\n" + std::string(page_script()) + "</script>\n</body>\n</html>\n";
}

}  // namespace tinymlp::program
