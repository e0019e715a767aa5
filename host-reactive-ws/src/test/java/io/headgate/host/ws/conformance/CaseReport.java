package io.headgate.host.ws.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Autobahn says of one case.
 *
 * @param id such as 6.4.1
 * @param behavior of the messages: OK, NON-STRICT, INFORMATIONAL, FAILED and more
 * @param behaviorClose of the close handshake, likewise
 * @param remoteCloseCode the code of the host's Close, which may have been the answer; empty for none
 * @param wasClean whether both Close frames were seen before TCP ended
 * @param result the behavior in Autobahn's words
 * @param resultClose the close in Autobahn's words
 */
record CaseReport(
        String id,
        String behavior,
        String behaviorClose,
        OptionalInt remoteCloseCode,
        boolean wasClean,
        String result,
        String resultClose) {

    /** The rows of an agent, by id. Each has a line in the index and a file of its own, and both must agree. */
    static Map<String, CaseReport> readAll(Path reports, String agent) throws IOException {
        Map<String, CaseReport> rows = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> row :
                read(reports.resolve("index.json")).required(agent).properties()) {
            CaseReport report = of(
                    read(reports.resolve(row.getValue().required("reportfile").stringValue())));
            if (!report.agreesWith(row.getKey(), row.getValue())) {
                throw new IllegalStateException("the index says " + row + ", the case's own file " + report);
            }
            rows.put(report.id(), report);
        }
        return rows;
    }

    /** Whether the case failed, and was meant to: the host closed it with this code. */
    boolean isRefusedWith(int closeCode) {
        return behavior.equals("FAILED") && remoteCloseCode.equals(OptionalInt.of(closeCode));
    }

    private boolean agreesWith(String indexId, JsonNode index) {
        return id.equals(indexId)
                && behavior.equals(index.required("behavior").stringValue())
                && behaviorClose.equals(index.required("behaviorClose").stringValue())
                && remoteCloseCode.equals(closeCode(index));
    }

    private static CaseReport of(JsonNode report) {
        return new CaseReport(
                report.required("id").stringValue(),
                report.required("behavior").stringValue(),
                report.required("behaviorClose").stringValue(),
                closeCode(report),
                report.required("wasClean").booleanValue(),
                report.required("result").stringValue(),
                report.required("resultClose").stringValue());
    }

    private static OptionalInt closeCode(JsonNode report) {
        JsonNode code = report.required("remoteCloseCode");
        return code.isNull() ? OptionalInt.empty() : OptionalInt.of(code.intValue());
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }
}
