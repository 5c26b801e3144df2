// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.prices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.aws.AwsPriceList;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.DurationTier;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.price.Rate;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memtune prices}: shows the rates; {@code memtune prices refresh}: brings them up to date. */
@Command(
        name = "prices",
        description = "Shows the rates that costs are counted with, and where and when they were read.",
        footer = {"", "Exit codes: 0 shown or refreshed, 2 bad usage or price file, 6 the price list does not answer."})
public final class PricesCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final PriceFile present;
    private final Supplier<AwsPriceList> list;
    private final InstantSource clock;

    @Option(names = "--region", paramLabel = "REGION", description = "Only this region. Default: all.")
    private @Nullable String region;

    /**
     * For this terminal and home.
     *
     * @param list opens the price list; only asked by a refresh
     */
    public PricesCommand(Terminal terminal, Home home, Supplier<AwsPriceList> list, InstantSource clock) {
        this.terminal = terminal;
        this.present = PriceFile.of(home);
        this.list = list;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PriceTable table = present.table();
        if (region != null && !table.regions().contains(region)) {
            terminal.err()
                    .println("memtune: the price table has no region " + region
                            + "; shown is what its costs are estimated with");
        }
        Stream<String> regions = region == null ? table.regions().stream().sorted() : Stream.of(region);
        terminal.out()
                .printf("%-16s %-7s %-4s %16s %16s  %s%n", "region", "cpu", "", "GB-second", "request", "read at");
        regions.forEach(name -> {
            for (Architecture architecture : Architecture.values()) {
                show(table.price(name, architecture));
            }
        });
        return Outcome.KEPT.exitCode();
    }

    private void show(Price price) {
        boolean first = true;
        for (DurationTier tier : price.duration()) {
            Rate rate = tier.rate();
            terminal.out()
                    .printf(
                            "%-16s %-7s %-4s %16s %16s  %s, %s%s%n",
                            first ? price.region() : "",
                            first ? price.architecture().wireName() : "",
                            rate.currency().getCurrencyCode(),
                            rate.amount().toPlainString(),
                            first ? price.request().amount().toPlainString() : "",
                            rate.source().location(),
                            rate.source().date(),
                            rate.estimated() ? ", estimated" : "");
            first = false;
        }
    }

    @Command(
            name = "refresh",
            description =
                    "Reads the rates of all regions from the AWS Price List API and keeps them for all commands. Needs"
                            + " credentials with pricing:GetProducts.")
    int refresh(
            @Option(
                            names = "--output",
                            paramLabel = "FILE",
                            description = "Writes this file instead, which no command uses.")
                    @Nullable
                    Path output)
            throws IOException {
        present.table();
        Refresh refresh = new Refresh(
                (ObjectNode) Json.tree(present.json()), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        try (AwsPriceList open = list.get()) {
            Stream.of("AWSLambda", "AmazonStates")
                    .flatMap(service -> open.products(service).stream())
                    .map(ListedRate::read)
                    .flatMap(Optional::stream)
                    .forEach(refresh::put);
        } catch (IllegalStateException e) {
            terminal.err().println("memtune: " + e.getMessage() + "; the rates are as they were");
            return Outcome.FAILED.exitCode();
        }
        if (refresh.count() == 0) {
            terminal.err().println("memtune: the price list has no rate that we know; the rates are as they were");
            return Outcome.FAILED.exitCode();
        }
        PriceFile target = output == null ? present : PriceFile.at(output);
        target.replace(refresh.json());
        terminal.out().println(refresh.count() + " rates read, written to " + target.path());
        return Outcome.KEPT.exitCode();
    }
}
