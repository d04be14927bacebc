#include "dmn/verify/region.hpp"

#include <algorithm>
#include <map>

namespace kith::dmn::verify {
namespace {
// Joins along one dimension; true when something was joined.
bool merge_along(std::vector<Box>& boxes, std::size_t d) {
    std::map<Box, Bits> joined;
    const std::size_t before = boxes.size();
    for (Box& box : boxes) {
        Bits side = box[d];
        box[d] = Bits();
        const auto [it, fresh] = joined.try_emplace(std::move(box), side);
        if (!fresh) it->second |= side;
    }
    boxes.clear();
    for (const auto& [rest, side] : joined) {
        boxes.push_back(rest);
        boxes.back()[d] = side;
    }
    return boxes.size() < before;
}
}  // namespace

void merge(std::vector<Box>& boxes) {
    if (boxes.empty()) return;
    bool again = true;
    while (again) {
        again = false;
        for (std::size_t d = 0; d < boxes.front().size(); ++d) again = merge_along(boxes, d) || again;
    }
    std::stable_sort(boxes.begin(), boxes.end(),
                     [](const Box& x, const Box& y) { return first_point(x) < first_point(y); });
}

Point first_point(const Box& box) {
    Point out;
    for (const Bits& side : box) out.push_back(side.next());
    return out;
}

Row row_of(const Space& space, const Box& box) {
    Row out;
    for (std::size_t d = 0; d < box.size(); ++d)
        if (box[d] != space.dimensions[d].whole())
            out.push_back({space.dimensions[d].label, described(space.dimensions[d], box[d])});
    return out;
}

Box meet(const Box& x, const Box& y) {
    Box out = x;
    for (std::size_t d = 0; d < out.size(); ++d) out[d] &= y[d];
    return out;
}

}  // namespace kith::dmn::verify
