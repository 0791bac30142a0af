// Asks the network for its output at every dot.
#include "terminal/plane_plot.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "figures/gnuplot.h"
#include "figures/plane.h"
#include "model/outputs.h"
#include "output/text_format.h"
#include "terminal/canvas.h"
#include "terminal/frame.h"
#include "text.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t most_rows = 22, fewest_rows = 6, narrowest = 20, widest = 100;  // in characters
constexpr std::size_t dots_a_point = 8;                                               // so many for each at least
constexpr Colour black{0, 0, 0};

// Without colours: a class's region and its rows, as often as there are more classes from the start; numbers, from the
// lowest.
constexpr std::string_view region_marks = " .:-=~^,", point_marks = "ox+*#@%&", number_marks = " .:-=+*%@#";
constexpr char number_point = 'o';

char mark_of(std::string_view marks, std::size_t label) { return marks[label % marks.size()]; }

struct Size {
  std::size_t columns, rows;
};

/// As the plane lies, where that is no thin stripe: a character is twice as high as wide.
Size size_of(const PlotRange& x, const PlotRange& y, std::size_t columns) {
  const double shape = has_equal_units(x, y) ? 2 * (x.high - x.low) / (y.high - y.low) : 2;
  const std::size_t room = std::clamp(columns, narrowest + frame_width, widest) - frame_width;
  const auto wide = std::min(room, static_cast<std::size_t>(std::lround(shape * most_rows)));
  const auto high = static_cast<std::size_t>(std::lround(static_cast<double>(wide) / shape));
  return {wide, std::clamp(high, fewest_rows, most_rows)};
}

/// A plane on a canvas.
class PlanePlot {
 public:
  PlanePlot(const ModelDescription& description, const DataSet& training, Canvas& canvas)
      : description_(description), training_(training), plane_(plane_around(training)), canvas_(canvas) {}

  void draw(const Network& network) {
    const DataSet grid =
        plane_samples(training_, plane_, static_cast<Index>(canvas_.width()), static_cast<Index>(canvas_.height()));
    const std::vector<Scalar> outputs = network_outputs(network, description_, grid);
    if (is_of_numbers())
      numbers(outputs);
    else
      classes(outputs);
  }

  void points() {
    const auto all = static_cast<std::size_t>(training_.rows());
    const std::size_t count = std::min(all, canvas_.width() * canvas_.height() / dots_a_point);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t row = i * all / count;
      const double right = share(plane_.x, training_.inputs[2 * row]),
                   up = share(plane_.y, training_.inputs[2 * row + 1]);
      canvas_.set(place(right, canvas_.width()), place(1 - up, canvas_.height()), point(training_.targets[row]));
    }
  }

  /// What the picture's dots mean; lines of so many columns, each with its end.
  std::string legend(std::size_t columns) const {
    if (is_of_numbers()) return label("") + " " + number_legend() + "\n";
    std::string lines, line;
    for (const std::string& entry : class_legend()) {
      const std::size_t taken = frame_width + visible_length(line) + visible_length(entry);
      if (!line.empty() && taken > columns) lines += label("") + " " + std::exchange(line, "") + "\n";
      line += (line.empty() ? "" : "   ") + entry;
    }
    return lines + label("") + " " + line + "\n";
  }

  FrameTexts texts() const {
    const PlotRange x = unscaled(plane_.x, training_, 0), y = unscaled(plane_.y, training_, 1);
    FrameTexts texts{std::vector<std::string>(canvas_.rows()), feature_name(0), six_digits(x.low), six_digits(x.high)};
    texts.left.front() = six_digits(y.high);
    texts.left[canvas_.rows() / 2] = feature_name(1);
    texts.left.back() = six_digits(y.low);
    return texts;
  }

 private:
  static double share(const PlotRange& range, double number) { return (number - range.low) / (range.high - range.low); }
  static std::size_t place(double share, std::size_t count) {
    return static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(count - 1)));
  }
  bool is_of_numbers() const { return description_.task == Task::regression; }

  /// The grid goes up, column by column; the canvas down.
  std::size_t grid_place(std::size_t x, std::size_t y) const {
    return x * canvas_.height() + (canvas_.height() - 1 - y);
  }

  void numbers(const std::vector<Scalar>& outputs) {
    const std::size_t width = outputs.size() / (canvas_.width() * canvas_.height());
    low_ = high_ = static_cast<double>(outputs[0]);
    for (std::size_t i = 0; i < outputs.size(); i += width) include(static_cast<double>(outputs[i]));
    for (const double target : training_.targets) include(target);
    for (std::size_t x = 0; x < canvas_.width(); ++x)
      for (std::size_t y = 0; y < canvas_.height(); ++y)
        canvas_.set(x, y, number_dot(static_cast<double>(outputs[grid_place(x, y) * width])));
  }
  void include(double number) {
    low_ = std::min(low_, number);
    high_ = std::max(high_, number);
  }
  Dot number_dot(double number) const {
    const double share = high_ > low_ ? (number - low_) / (high_ - low_) : 0;
    return {number_marks[place(share, number_marks.size())], palette_colour(number_palette(), share)};
  }

  /// Regions, and between two of them a border.
  void classes(const std::vector<Scalar>& outputs) {
    const std::size_t places = canvas_.width() * canvas_.height(), width = outputs.size() / places;
    std::vector<std::size_t> likeliest(places);
    std::vector<Colour> colours(places);
    for (std::size_t i = 0; i < places; ++i) {
      const std::vector<double> shares = class_shares(std::span(outputs).subspan(i * width, width), description_);
      likeliest[i] = static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
      colours[i] = region_colour(shares);
    }
    for (std::size_t x = 0; x < canvas_.width(); ++x)
      for (std::size_t y = 0; y < canvas_.height(); ++y) {
        const std::size_t here = grid_place(x, y);
        const bool border = (x > 0 && likeliest[grid_place(x - 1, y)] != likeliest[here]) ||
                            (y > 0 && likeliest[grid_place(x, y - 1)] != likeliest[here]);
        canvas_.set(x, y, {mark_of(region_marks, likeliest[here]), border ? black : colours[here]});
      }
  }

  Dot point(double target) const {
    if (is_of_numbers()) return {number_point, number_dot(target).colour};
    const auto label = static_cast<std::size_t>(target);
    return {mark_of(point_marks, label), colour_of(class_colour(label))};
  }

  std::vector<std::string> class_legend() const {
    const Colours colours = canvas_.colours();
    std::vector<std::string> entries;
    for (std::size_t label = 0; label < description_.class_names.size(); ++label) {
      const Dot dot = point(static_cast<double>(label));
      const char region = mark_of(region_marks, label);
      entries.push_back((colours == Colours::none ? std::string{region, dot.mark, region} : sample(dot, colours)) +
                        " " + shown(description_.class_names[label]));
    }
    if (colours != Colours::none) entries.emplace_back("(paler: less sure)");
    return entries;
  }
  std::string number_legend() const {
    const Colours colours = canvas_.colours();
    std::string strip;
    for (std::size_t i = 0; i < number_marks.size(); ++i)
      strip += sample(
          {number_marks[i], palette_colour(number_palette(), static_cast<double>(i) / (number_marks.size() - 1))},
          colours);
    return shown(description_.target_name) + " from " + six_digits(low_) + " " + strip + " to " + six_digits(high_) +
           (colours == Colours::none ? std::string("; ") + number_point : "; dots") + ": training rows";
  }
  /// Without the commands for colours.
  static std::size_t visible_length(const std::string& text) {
    std::size_t count = length(text);
    for (std::size_t begin = text.find('\x1B'); begin != std::string::npos; begin = text.find('\x1B', begin + 1))
      count -= text.find('m', begin) - begin + 1;
    return count;
  }

  /// Without what would be a command to the terminal.
  static std::string shown(const std::string& name) {
    const std::string quoted = in_quotes(name);
    return quoted.substr(1, quoted.size() - 2);
  }
  std::string feature_name(std::size_t i) const {
    const auto& names = description_.feature_names;
    return names.empty() ? "x" + std::to_string(i + 1) : shown(names[i]);
  }

  const ModelDescription& description_;
  const DataSet& training_;
  Plane plane_;
  Canvas& canvas_;
  double low_ = 0, high_ = 0;  // of the numbers
};

}  // namespace

std::string plane_plot(const Network& network, const ModelDescription& description, const DataSet& training,
                       const Medium& medium) {
  if (!has_plane(training)) return "";
  const Plane plane = plane_around(training);
  const Size size = size_of(unscaled(plane.x, training, 0), unscaled(plane.y, training, 1), medium.columns);
  Canvas canvas(size.columns, size.rows, medium.colours);
  PlanePlot plot(description, training, canvas);
  plot.draw(network);
  plot.points();
  return framed(canvas, plot.texts()) + plot.legend(medium.columns);
}

}  // namespace tinymlp::program
