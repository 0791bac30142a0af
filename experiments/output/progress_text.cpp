// Divides what is left by the speed so far.
#include "output/progress_text.h"

#include <algorithm>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t widest_bar = 24, narrowest_bar = 4;

}  // namespace

double samples_a_second(const Pace& pace) { return (pace.done - pace.before) / pace.seconds; }
double seconds_left(const Pace& pace) { return (pace.all - pace.done) / samples_a_second(pace); }

std::string progress_text(Index epoch, Index epochs, const std::optional<EpochRecord>& last, const Pace& pace) {
  std::string text = "epoch " + std::to_string(epoch) + "/" + std::to_string(epochs);
  if (last) text += " loss " + fixed(last->training.loss, 4);
  if (last && last->training.accuracy) text += " accuracy " + fixed(*last->training.accuracy, 3);
  if (last && last->validation) text += " validation loss " + fixed(last->validation->loss, 4);
  return text + " " + with_prefix(samples_a_second(pace)) + "samples/s " + duration(seconds_left(pace)) + " left";
}

std::string progress_bar(double share, std::size_t room) {
  constexpr std::size_t frame = 3;
  if (room < narrowest_bar + frame) return "";
  const std::size_t width = std::min(room - frame, widest_bar);
  const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(width));
  return "[" + std::string(full, '#') + std::string(width - full, '.') + "] ";
}

bool is_line_due(Index done, Index all, Index most) {
  const Index lines = std::min(all, most);
  return done * lines / all > (done - 1) * lines / all;
}

}  // namespace tinymlp::program
