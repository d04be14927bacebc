// A whole model: refused or loaded, and every decision of it ends.
#include "dmn/session.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace kith::dmn;
    for (const Mode mode : {Mode::strict, Mode::lenient}) {
        LoadOptions options;
        options.mode = mode;
        options.memory = 64 << 20;
        const Loaded loaded = load({{"fuzz.dmn", std::string(reinterpret_cast<const char*>(data), size)}}, options);
        for (const Fault& fault : loaded.faults) shown(fault);
        if (!loaded.model) continue;
        SessionOptions session_options;
        session_options.limits.steps = 100'000;
        session_options.limits.memory = 64 << 20;
        Session session(loaded.model, session_options);
        for (const Element& element : loaded.model->elements())
            if (element.kind == ElementKind::decision) sentences(session.explain(element));
    }
    return 0;
}
