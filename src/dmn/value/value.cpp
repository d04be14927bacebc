#include "dmn/value/value.hpp"

namespace kith::dmn {

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "boolean";
        case Kind::number:
            return "number";
        case Kind::string:
            return "string";
        case Kind::date:
            return "date";
        case Kind::time:
            return "time";
        case Kind::date_time:
            return "date and time";
        case Kind::days_duration:
            return "days and time duration";
        case Kind::months_duration:
            return "years and months duration";
        case Kind::range:
            return "range";
        case Kind::list:
            return "list";
        case Kind::context:
            return "context";
        case Kind::function:
            return "function";
    }
    return "";
}

}  // namespace kith::dmn
