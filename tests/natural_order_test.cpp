// Tests of src/io/natural_order.h: names that were listed in order compare so, each with each.
#include "io/natural_order.h"

#include <gtest/gtest.h>

#include <vector>

namespace tinymlp {
namespace {

TEST(NaturalOrder, IsATotalOrder) {
  const std::vector<std::string> sorted = {"",
                                           ".",
                                           "0.weight",
                                           "0.bias",
                                           "0.bias.0",
                                           "01",
                                           "1",
                                           "1.x",
                                           "1x",
                                           "1x2",
                                           "1x10",
                                           "2",
                                           "2.weight",
                                           "2.weight2",
                                           "9",
                                           "10.weight",
                                           "10.bias",
                                           "99999999999999999999999",
                                           "100000000000000000000000",
                                           "a",
                                           "layer2.weight",
                                           "layer10.weight",
                                           "\xC3\xA9"};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      EXPECT_EQ(stands_before(sorted[i], sorted[j]), i < j) << "'" << sorted[i] << "' and '" << sorted[j] << "'";
    }
  }
}

}  // namespace
}  // namespace tinymlp
