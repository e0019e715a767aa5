package io.headgate.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/**
 * The dependency picture:
 *
 * <pre>
 * samples ─► host-reactive-ws ─► host-core ─► plugin-api ─► reactor-core, jspecify
 * </pre>
 *
 * <p>It stands in this module because this one sees all three libraries. {@link #everyModuleIsLoaded} comes first: a
 * rule over no classes would hold, whatever it says.
 */
@AnalyzeClasses(packages = "io.headgate", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String PLUGIN_API = "io.headgate.plugin..";
    private static final String HOST = "io.headgate.host..";
    private static final String HOST_WS = "io.headgate.host.ws..";
    private static final String HOST_WS_PACKAGE = "io.headgate.host.ws.";
    private static final String SAMPLES = "io.headgate.samples..";
    private static final String TEST_KITS = "io.headgate..test..";

    private static final String JAVA = "java..";
    private static final String REACTOR_CORE = "reactor.core..";
    private static final String REACTOR_UTIL = "reactor.util..";
    private static final String STREAMS = "org.reactivestreams..";
    private static final String JSPECIFY = "org.jspecify.annotations..";

    private static final DescribedPredicate<JavaClass> IN_HOST_CORE =
            resideInAPackage(HOST).and(resideOutsideOfPackage(HOST_WS)).as("are in host-core");
    private static final DescribedPredicate<JavaClass> NO_TEST_KIT =
            resideOutsideOfPackage(TEST_KITS).as("are no test kit");

    private ArchitectureTest() {}

    @ArchTest
    static void everyModuleIsLoaded(JavaClasses classes) {
        assertThat(List.of(resideInAPackage(PLUGIN_API), IN_HOST_CORE, resideInAPackage(HOST_WS)))
                .allSatisfy(module -> assertThat(classes)
                        .as("classes that %s", module.getDescription())
                        .anyMatch(type ->
                                module.test(type) && !type.getSimpleName().equals("package-info")));
    }

    @ArchTest
    static final ArchRule pluginApiSeesReactorAndNothingElse = classes()
            .that(resideInAPackage(PLUGIN_API).and(NO_TEST_KIT))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(PLUGIN_API, JAVA, REACTOR_CORE, REACTOR_UTIL, STREAMS, JSPECIFY)
                    .and(NO_TEST_KIT));

    @ArchTest
    static final ArchRule pluginTestKitSeesReactorTestAsWell = classes()
            .that(resideInAPackage(PLUGIN_API).and(not(NO_TEST_KIT)))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PLUGIN_API, JAVA, REACTOR_CORE, REACTOR_UTIL, STREAMS, JSPECIFY, "reactor.test..");

    @ArchTest
    static final ArchRule hostCoreSeesNoNetty = noClasses()
            .that(IN_HOST_CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "reactor.netty..", HOST_WS);

    @ArchTest
    static final ArchRule testLibrariesStayInTestKits = noClasses()
            .that(NO_TEST_KIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    TEST_KITS, "reactor.test..", "org.junit..", "org.assertj..", "net.jqwik..", "org.testcontainers..");

    @ArchTest
    static final ArchRule driverSeesNoPluginCode = noClasses()
            .that()
            .resideInAPackage(HOST_WS)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.headgate.plugin.ServicePlugin")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.headgate.plugin.EventHandler");

    @ArchTest
    static final ArchRule librarySeesNoSample = noClasses()
            .that()
            .resideOutsideOfPackage(SAMPLES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SAMPLES);

    /** One place knows how a client is set up: proxy, TLS, address guard, limits. A second one would forget some. */
    @ArchTest
    static final ArchRule onlyTheDriverBuildsAClient = noClasses()
            .that(resideInAPackage("io.headgate..").and(not(namedOrNestedIn(HOST_WS_PACKAGE + "ReactorNettyDriver"))))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("reactor.netty.http.client.HttpClient");

    /**
     * Who touches a buffer owns a release. The codec and the three parts of its decoder do: one releases what is read, one what is
     * collected, and the header only reads. Their one neighbour is the test kit, whose gateway has to send frames no codec would write.
     */
    @ArchTest
    static final ArchRule onlyTheCodecTouchesBuffers = noClasses()
            .that(resideInAPackage("io.headgate..")
                    .and(NO_TEST_KIT)
                    .and(not(namedOrNestedIn(HOST_WS_PACKAGE + "FrameCodec")))
                    .and(not(namedOrNestedIn(HOST_WS_PACKAGE + "FrameDecoder")))
                    .and(not(namedOrNestedIn(HOST_WS_PACKAGE + "FrameHeader")))
                    .and(not(namedOrNestedIn(HOST_WS_PACKAGE + "FramePayload"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.buffer..");

    /** Two packages read foreign text, each strictly and within bounds. A third would be read by other rules; status only writes. */
    @ArchTest
    static final ArchRule onlyConfigurationAndMessagesSeeJackson = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.headgate.host.authority..", "io.headgate.host.json..", "io.headgate.host.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");

    /** Two large libraries for one question each: whoever else leans on them makes them harder to leave. */
    @ArchTest
    static final ArchRule oneClassSeesIcuAndOneGuava = noClasses()
            .that(not(namedOrNestedIn("io.headgate.host.authority.InternationalName"))
                    .and(not(namedOrNestedIn("io.headgate.host.authority.PublicSuffix"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.ibm.icu..", "com.google.common..");

    /** Invariant 9: time comes from a scheduler. Of a certificate Java itself says whether it is valid now. */
    @ArchTest
    static final ArchRule nobodyReadsAClock = noClasses()
            .that()
            .resideOutsideOfPackage(SAMPLES)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callConstructor(Date.class);

    /** A sink in a signature hands out the right to emit, and with it the duty to serialise and to look at results. */
    @ArchTest
    static final ArchRule noSinkInAPublicSignature = codeUnits()
            .that()
            .areDeclaredInClassesThat()
            .arePublic()
            .and(arePublicOrProtected())
            .should(notExpose("reactor.core.publisher.Sinks"));

    @ArchTest
    static final ArchRule hostPackagesHaveNoCycles =
            slices().matching("io.headgate.host.(*)..").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> namedOrNestedIn(String name) {
        return DescribedPredicate.describe(
                "are " + name,
                type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
    }

    private static DescribedPredicate<JavaCodeUnit> arePublicOrProtected() {
        return DescribedPredicate.describe(
                "are public or protected",
                unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static ArchCondition<JavaCodeUnit> notExpose(String name) {
        DescribedPredicate<JavaClass> exposed = namedOrNestedIn(name);
        return new ArchCondition<>("not expose " + name) {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .filter(exposed)
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getFullName() + " exposes " + type.getName())));
            }
        };
    }
}
