package io.headgate.host.authority;

import io.headgate.host.authority.ConnectionDeclaration.DeclaredTarget;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link Manifest} of a text, or says all that is wrong with it. */
final class ManifestReader {

    private static final YamlKeys MANIFEST = YamlKeys.of("version", "id", "release", "services");
    private static final YamlKeys SERVICE = YamlKeys.of("name", "class", "connections");
    private static final YamlKeys CONNECTION = YamlKeys.of("name", "target", "access", "subprotocols");

    private final SourceText source;
    private final Problems problems;

    ManifestReader(SourceText source) {
        this.source = source;
        this.problems = new Problems(source.file());
    }

    Manifest read() {
        YamlFields fields = YamlFields.of(YamlTree.parse(source, problems), "", problems, MANIFEST);
        fields.required("version", ScalarType.exactly(1));
        Optional<String> id = fields.required("id", ScalarType.NAME);
        Optional<String> release = fields.required("release", ScalarType.RELEASE);
        fields.requireElements("services", "a list of at least one service");
        Set<String> names = new HashSet<>();
        List<ServiceDeclaration> services =
                fields.list("services", Manifest.MAX_SERVICES, (node, path) -> service(node, path, names));
        return problems.unlessSince(0, () -> new Manifest(id.orElseThrow(), release.orElseThrow(), services))
                .orElseThrow(problems::toException);
    }

    private Optional<ServiceDeclaration> service(YamlNode node, String path, Set<String> names) {
        int mark = problems.count();
        YamlFields fields = YamlFields.of(node, path, problems, SERVICE);
        Optional<String> name = fields.uniqueName("name", names);
        Optional<String> className = fields.required("class", ScalarType.CLASS_NAME);
        Set<String> connectionNames = new HashSet<>();
        List<ConnectionDeclaration> connections = fields.list(
                "connections",
                ServiceDeclaration.MAX_CONNECTIONS,
                (element, elementPath) -> connection(element, elementPath, connectionNames));
        return problems.unlessSince(
                mark, () -> new ServiceDeclaration(name.orElseThrow(), className.orElseThrow(), connections));
    }

    private Optional<ConnectionDeclaration> connection(YamlNode node, String path, Set<String> names) {
        int mark = problems.count();
        YamlFields fields = YamlFields.of(node, path, problems, CONNECTION);
        Optional<String> name = fields.uniqueName("name", names);
        Optional<DeclaredTarget> target = fields.required("target", ScalarType.DECLARED_TARGET);
        fields.requireElements("access", "a list of " + WireNames.all(Access.class));
        List<Access> access = fields.distinct("access", ScalarType.ACCESS, Access.values().length);
        List<String> subprotocols = fields.distinct("subprotocols", ScalarType.TOKEN, Require.MAX_SUBPROTOCOLS);
        return problems.unlessSince(
                mark,
                () -> ConnectionDeclaration.of(
                        name.orElseThrow(), target.orElseThrow(), EnumSet.copyOf(access), subprotocols));
    }
}
