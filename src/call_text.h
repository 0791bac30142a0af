// Names with numbers, as users write them: "relu", "leaky-relu(0.1)", "swish(beta=1.5)", "normal(0.01)".
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tinymlp {

struct CallText {
  struct Argument {
    std::string key;  // "beta"; empty where none is written
    double value;
  };
  std::string name;
  std::vector<Argument> arguments;
};

/// Throws InputError, naming `kind` ("activation"), if the text is not NAME or NAME(NUMBER, …).
CallText parse_call(std::string_view kind, std::string_view text);

/// The shortest text that reads back as exactly this number: "0.1".
std::string number_text(float number);
std::string number_text(double number);

}  // namespace tinymlp
