// Numbers and columns for people to read.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace tinymlp::program {

/// "0.9960"
std::string fixed(double number, int decimals);
/// Six digits that count: "0.00123457".
std::string six_digits(double number);
/// Two of them: "1.2e-11".
std::string two_digits(double number);
/// "1.23 M", "45.6 k"
std::string with_prefix(double number);
/// "3:07", "1:02:03", as on a clock; "?:??" for what is no number.
std::string duration(double seconds);
/// Now, in UTC: "2024-05-17T09:30:00Z".
std::string timestamp();

/// How many characters of UTF-8 a text has.
std::size_t length(const std::string& text);

/// Lines of a name and a value, the values below one another.
std::string named_values(const std::vector<std::pair<std::string, std::string>>& rows);

/// Lines of columns, wide enough for their texts; the first column is flush left, the others flush right.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace tinymlp::program
