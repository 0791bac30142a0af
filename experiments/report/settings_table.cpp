#include "report/settings_table.h"

#include "call_text.h"

namespace tinymlp::program {

namespace {

std::string text_of(const SettingValue& value) {
  struct {
    std::string operator()(bool flag) const { return flag ? "yes" : "no"; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(double number) const { return number_text(number); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(std::uint64_t number) const { return std::to_string(number); }
  } words;
  return std::visit(words, value);
}

}  // namespace

PageTable settings_table(const Settings& settings) {
  PageTable table{{"setting", "value"}, {}};
  for (const auto& [name, value] : settings) table.rows.push_back({name, text_of(value)});
  return table;
}

}  // namespace tinymlp::program
