// A page of one HTML file that needs nothing else: text, tables, curves whose values show under the pointer, pictures.
// Opens offline, in light and dark, on a phone.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace tinymlp::program {

/// One curve of a chart.
struct ChartSeries {
  std::string name;
  std::vector<std::optional<double>> values;  // one for each x; nothing where there is none
  bool points = false;                        // dots instead of a line
};

struct Chart {
  std::string title, x_label, y_label;
  std::vector<double> x;  // rising
  std::vector<ChartSeries> series;
  bool logarithmic = false, logarithmic_x = false;  // an axis; what is not above 0 does not show on it
};

/// Cells that are numbers stand flush right, and sort as numbers.
struct PageTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // each as long as the header
  bool leads_to_headings = false;              // the first cells are the anchors of headings
};

/// Parts appear in the order in which they are added. Texts are plain: markup in them is shown, not obeyed.
class Page {
 public:
  /// `summary`: the sentence below the title.
  Page(std::string title, const std::string& summary);

  /// `anchor`: a name by which a table leads here.
  void heading(const std::string& text, const std::string& anchor = "");
  void paragraph(const std::string& text);
  /// Lines that one may type.
  void commands(const std::vector<std::string>& lines);
  /// A click on a column's name sorts by it.
  void table(const PageTable& table);
  void chart(const Chart& chart);
  /// `svg`: the picture's bytes. `description`: what it shows, for those who cannot see it.
  void picture(const std::string& svg, const std::string& description);
  /// `gif` moves; `still_svg`, which may be empty, is there for who wants no motion, holds it by its button, or prints.
  void animation(const std::string& gif, const std::string& still_svg, const std::string& description);
  /// PASS, FAIL or another short word in a colour of its own, before a line of text.
  void verdict(bool good, const std::string& word, const std::string& text);

  /// The whole file.
  std::string html() const;

 private:
  std::string title_, body_;
  bool has_charts_ = false;
};

}  // namespace tinymlp::program
