// Tests of tinymlp/io/model.h with files that are damaged in every way: each is either read, and then a network can be
// built from it or is refused, or refused with an InputError of one line that names the file. Nothing else happens.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "model_files.h"
#include "support.h"
#include "tinymlp/io/model.h"
#include "tinymlp/io/safetensors.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp {
namespace {

using nlohmann::json;

class DamagedModelFile : public testing::Test {
 protected:
  /// Reads these bytes as a model and builds it; returns the message if that is refused, else nothing.
  std::string use(const std::string& bytes) const {
    {
      std::filesystem::remove(files.path());  // some file systems flush a file that is cut and written again
      std::ofstream file(files.path(), std::ios::binary);
      file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    ModelFile model;
    try {
      model = read_model(files.path());
    } catch (const InputError& error) {
      const std::string message = error.what();
      EXPECT_NE(message.find(files.path().string()), std::string::npos) << message;
      expect_one_short_line(message);
      return message;
    }
    try {
      Network network = make_network(*device, model.description, "zeros", 0);
      network.set_parameters(model.tensors);
      make_loss(model.description.loss);
    } catch (const InputError& error) {
      expect_one_short_line(error.what());
      return error.what();
    }
    return "";
  }
  static void expect_one_short_line(const std::string& message) {
    EXPECT_LT(message.size(), 1000U) << message.substr(0, 1000);
    for (const char c : message) ASSERT_FALSE(static_cast<unsigned char>(c) < 0x20) << message;
  }
  /// A file with this text as its description.
  std::string with_description(const std::string& description) const {
    return format_safetensors({example_tensors(), {{"tinymlp", description}}}, Dtype::f32);
  }

  const ModelFiles files;
  const std::unique_ptr<Device> device = make_cpu_device();
  const std::string whole = format_model(example_description(), example_tensors());
  const std::string text = parse_safetensors(whole, "").metadata.at("tinymlp");
};

/// The places of all values within `value`.
void collect(const json& value, const json::json_pointer& at, std::vector<json::json_pointer>& places) {
  places.push_back(at);
  if (value.is_object())
    for (const auto& [key, inner] : value.items()) collect(inner, at / key, places);
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], at / i, places);
}

TEST_F(DamagedModelFile, TheWholeOneIsFine) {
  EXPECT_EQ(use(whole), "");
  EXPECT_EQ(use(with_description(text)), "");
}

TEST_F(DamagedModelFile, IsRefusedAtEveryLength) {
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_NE(use(whole.substr(0, length)), "") << length << " of " << whole.size() << " bytes";
}

TEST_F(DamagedModelFile, SurvivesChangedBytes) {
  Random random(1, Purpose::check);
  const auto size = static_cast<std::uint32_t>(whole.size());
  for (int i = 0; i < 4000; ++i) {
    std::string bytes = whole;
    for (std::uint32_t change = 0; change <= random.below(3); ++change) {
      const std::size_t at = random.below(size);
      switch (random.below(4)) {
        case 0:
          bytes[at] = static_cast<char>(random.below(256));
          break;
        case 1:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
          break;
        case 2:
          bytes.erase(at, 1 + random.below(8));
          break;
        default:
          bytes.insert(at, 1 + random.below(4), static_cast<char>(random.below(256)));
      }
      bytes.resize(whole.size());
    }
    use(bytes);
  }
}

TEST_F(DamagedModelFile, SurvivesChangedTexts) {
  // The header stays right: what is damaged is the description within it.
  const std::string marks = "{}[](),:\"0123456789.-+eE \\tn";
  Random random(2, Purpose::check);
  for (int i = 0; i < 4000; ++i) {
    std::string changed = text;
    const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
    const char mark = marks[random.below(static_cast<std::uint32_t>(marks.size()))];
    switch (random.below(4)) {
      case 0:
        changed[at] = mark;
        break;
      case 1:
        changed.insert(at, 1, mark);
        break;
      case 2:
        changed.erase(at, 1);
        break;
      default:
        changed.resize(at);
    }
    use(with_description(changed));
  }
}

TEST_F(DamagedModelFile, SurvivesAnyValueAnywhere) {
  const json description = json::parse(text);
  std::vector<json::json_pointer> places;
  collect(description, json::json_pointer(), places);
  const std::vector<json> values{nullptr,
                                 true,
                                 -1,
                                 0,
                                 2.5,
                                 1e300,
                                 -1e300,
                                 std::uint64_t{1} << 63,
                                 std::int64_t{1} << 40,
                                 "",
                                 "tiger",
                                 "a\nb\x1B[2J",
                                 std::string(100000, 'x'),
                                 "Dense(3, 4)",
                                 "Dense(1000000, 1000000)",
                                 "Dense(1e300, 1e300)",
                                 "Dense(-1, -1)",
                                 "leaky-relu(1e308)",
                                 json::array(),
                                 json::object(),
                                 json::array({json::array()}),
                                 json::array({1, 2, 3}),
                                 json::array({"a", "b"}),
                                 {{"mean", 1}}};
  for (const auto& place : places) {
    for (const json& value : values) {
      json changed = description;
      changed[place] = value;
      use(with_description(changed.dump()));
    }
    if (place.empty()) continue;
    json changed = description;
    json& parent = changed[place.parent_pointer()];
    parent.is_object() ? static_cast<void>(parent.erase(place.back()))
                       : parent.erase(static_cast<std::size_t>(std::stoi(place.back())));
    use(with_description(changed.dump()));
  }
}

TEST_F(DamagedModelFile, EveryPartOfTheDescriptionIsNeededAndOfItsKind) {
  const json description = json::parse(text);
  for (const auto& [key, value] : description.items()) {
    json changed = description;
    changed.erase(key);
    EXPECT_NE(use(with_description(changed.dump())), "") << "without " << key;
    for (const json& other : {json(nullptr), json(json::object()), json(true)}) {
      changed[key] = other;
      EXPECT_NE(use(with_description(changed.dump())), "") << key << ": " << other.dump();
    }
  }
  for (const auto& [key, other] : {std::pair<std::string, json>{"format", 2},
                                   {"format", "1"},
                                   {"inputs", 3.7},
                                   {"inputs", 1e300},
                                   {"inputs", "3"},
                                   {"task", "clustering"},
                                   {"target_coding", {1}},
                                   {"layers", "Dense(3, 4)"},
                                   {"classes", {1, 2}},
                                   {"target", 3}}) {
    json changed = description;
    changed[key] = other;
    EXPECT_NE(use(with_description(changed.dump())), "") << key << ": " << other.dump();
  }
}

TEST_F(DamagedModelFile, NestingAsDeepAsItLikesIsRefused) {
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  for (const std::string key : {"format", "inputs", "layers", "task", "target_coding", "input_scaling", "classes"}) {
    std::string changed = text;
    const auto at = changed.find("\"" + key + "\":") + key.size() + 3;
    changed.insert(at, deep + ",\"other\":");
    EXPECT_NE(use(with_description(changed)), "") << key;
  }
  EXPECT_NE(use(with_description(deep)), "");
  EXPECT_NE(use(with_description(std::string(200000, '['))), "");
}

TEST_F(DamagedModelFile, TokensAsLongAsTheyLikeAreRefusedInShort) {
  EXPECT_NE(use(with_description("\"" + std::string(200000, 'x'))), "");
  EXPECT_NE(use(with_description("{\"format\":1" + std::string(200000, '0') + "}")), "");
  EXPECT_NE(use(with_description("{\"" + std::string(200000, 'x') + "\":0}")), "");
  std::vector<Tensor> named = example_tensors();
  named.push_back({"z" + std::string(200000, '\n'), {1}, {0}});
  EXPECT_NE(use(format_model(example_description(), named)), "");
}

}  // namespace
}  // namespace tinymlp
