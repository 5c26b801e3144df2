// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Code;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.Deployment;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.LayerUse;
import dev.memtune.local.function.Version;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/** Deployment packages on their way in and out. */
final class CodeUploads {
    private static final String PATH = "/_memtune/code/";

    private final CodeFiles files;
    private final Switches switches;
    private final Account account;
    private final Layers layers;
    private final Supplier<URI> endpoint;

    CodeUploads(CodeFiles files, Switches switches, Account account, Layers layers, Supplier<URI> endpoint) {
        this.files = files;
        this.switches = switches;
        this.account = account;
        this.layers = layers;
        this.endpoint = endpoint;
    }

    void addTo(Routes routes) {
        routes.add("DownloadCode", "GET " + PATH + "{Sha256}", this::download);
    }

    /**
     * Keeps the package in {@code ZipFile}.
     *
     * @param body CreateFunction's {@code Code}, or UpdateFunctionCode's body
     * @throws LambdaFault if there is none, or it is unusable
     */
    Code read(RequestBody body) throws IOException {
        if (body.has("ImageUri")) {
            throw image();
        }
        if (body.has("S3Bucket") || body.has("S3Key")) {
            throw LambdaFault.invalid("The embedded Lambda service has no S3: send the package itself in ZipFile.");
        }
        byte[] zip = body.bytes("ZipFile")
                .orElseThrow(() -> LambdaFault.invalid("Please provide a source for function code."));
        Code code = files.store(zip, switches.quotas());
        if (storedBytes() + code.sizeBytes() > switches.quotas().totalCodeBytes()) {
            throw LambdaFault.of(LambdaFault.Kind.CODE_STORAGE_EXCEEDED, "Code storage limit exceeded.");
        }
        return code;
    }

    /**
     * Checks that a function's code and its layers fit together.
     *
     * @throws LambdaFault 400 if they are too large
     */
    void requireFits(Deployment deployment) {
        if (deployment.configuration().layers().isEmpty()) {
            return; // the package itself was checked when it was unpacked
        }
        long bytes = files.unzippedBytes(deployment.code());
        for (LayerUse layer : deployment.configuration().layers()) {
            bytes += files.unzippedBytes(layer.code());
        }
        long most = switches.quotas().unzippedBytes();
        if (bytes > most) {
            throw LambdaFault.invalid("Function code combined with layers exceeds the maximum allowed size of " + most
                    + " bytes. The actual size is " + bytes + " bytes.");
        }
    }

    static LambdaFault image() {
        return LambdaFault.invalid("The embedded Lambda service runs no container images: "
                + "create the function from a zip file (PackageType Zip).");
    }

    /** The zipped size of every version's code and of every layer version, as AWS counts it. */
    long storedBytes() {
        long bytes = layers.codeInUse().stream().mapToLong(Code::sizeBytes).sum();
        for (DeployedFunction function : account.all()) {
            Map<String, Long> sizes = new HashMap<>();
            Code latest = function.latest().deployment().code();
            sizes.put(latest.sha256(), latest.sizeBytes());
            for (Version version : function.versions().values()) {
                sizes.put(version.code().sha256(), version.code().sizeBytes());
            }
            bytes += sizes.values().stream().mapToLong(Long::longValue).sum();
        }
        return bytes;
    }

    /** Where the package can be fetched. */
    String location(Code code) {
        return endpoint.get()
                + PATH
                + HexFormat.of().formatHex(Base64.getDecoder().decode(code.sha256()));
    }

    private Reply download(Request request) throws IOException {
        byte[] sha256;
        try {
            sha256 = HexFormat.of().parseHex(request.variable("Sha256"));
        } catch (IllegalArgumentException e) {
            throw LambdaFault.notFound("No such deployment package");
        }
        Code code = new Code(Base64.getEncoder().encodeToString(sha256), 0);
        if (!files.has(code)) {
            throw LambdaFault.notFound("No such deployment package");
        }
        return new Reply(200, Map.of("Content-Type", "application/zip"), files.zip(code), "");
    }
}
