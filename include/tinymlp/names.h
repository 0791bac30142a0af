// Misspelt names: finds the one that was meant, and says so.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tinymlp {

/// The name in `names` with the fewest typing errors to `wrong`: letters inserted, left out, replaced, or swapped with
/// their neighbour, upper and lower case being the same (optimal string alignment: Damerau, "A technique for computer
/// detection and correction of spelling errors", 1964). Empty if none is near: more than one error, and more than one
/// in three letters. Of equally near names the first.
std::string nearest_name(std::string_view wrong, const std::vector<std::string>& names);

/// The text of an error about a name that is not in `names`: `unknown data set "spirl": did you mean "spiral"?`, or,
/// where none is near, `unknown data set "tiger": give one of circle, xor, gauss`. `where`, if not empty, is the place
/// ("wine.csv, line 1") and stands in brackets before the colon.
std::string unknown_name(std::string_view kind, std::string_view wrong, const std::vector<std::string>& names,
                         std::string_view where = {});

}  // namespace tinymlp
