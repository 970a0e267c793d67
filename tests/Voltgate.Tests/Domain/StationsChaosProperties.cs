using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>
/// Whatever happens in whatever order, with wild registers and clocks: no step throws, each message is answered, no
/// input is changed, and the laws of <see cref="StationsLaws"/> hold.
/// </summary>
public sealed class StationsChaosProperties
{
    /// <summary>One thing that happens; A to C choose its particulars.</summary>
    internal sealed record Happening(int Kind, int A, int B, int C);

    private static readonly decimal[] Registers =
        [0, 1_000, 1_100, 1_500, 2_000, 900, -5, 30_000, 9_999_999_999m, 1_000_000_000_000m, -1_000_000_000_000m];

    private static readonly Gen<Happening> One =
        from kind in Gen.Choose(0, 24)
        from a in Gen.Choose(0, 1_000)
        from b in Gen.Choose(0, 1_000)
        from c in Gen.Choose(0, 1_000)
        select new Happening(kind, a, b, c);

    private static readonly Gen<Happening[]> Many = Gen.Choose(1, 60).SelectMany(n => Gen.ArrayOf(One, n));

    [Fact]
    public void Nothing_that_happens_breaks_the_laws() => Prop.ForAll(Many.ToArbitrary(), happenings =>
    {
        var story = new Story(Given.Station(connectors: 2))
        {
            Plan = Plan(
                RatesGiven.PerKWh(0.5m), RatesGiven.PerHour(1), RatesGiven.Parking(2, 0.1m),
                RatesGiven.Once(0.35m)) with
            {
                Schedule = [RatesGiven.Window("13:00", "14:30", RatesGiven.Prices("peak", RatesGiven.PerKWh(0.9m)))],
            },
        };
        foreach (var happening in happenings)
        {
            story.Now += happening.C % 5 == 0 ? happening.C * 20_000L : happening.C;
            var (station, before) = (story.Station, Text(story.Station));
            story.Do(InputOf(story, happening));
            Assert.Equal(before, Text(station));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static string Text(ChargeStation station) =>
        JsonSerializer.Serialize((station, station.Sessions, station.Actions), Fields);

    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

    private static StationInput InputOf(Story story, Happening h) => h.Kind switch
    {
        0 => new LinkUp("ocpp1.6"),
        1 => new LinkDown(),
        2 or 3 => new TimedOut(),
        4 => new Said(new Booted(new BootInfo("V", "M", h.A % 3 == 0 ? "serial-2" : "serial-1"))),
        5 => new Said(new TokenPresented(Tag(h.A))),
        6 or 7 or 8 => new Said(new ConnectorReported(
            PlaceOf(h.A), (ConnectorStatus)(h.B % 10), "NoError", null, null, TimeOf(story, h.C))),
        9 or 10 or 11 => new Said(new TransactionStarted(
            PlaceOf(h.A), Tag(h.B), RegisterAt(h.C), TimeOf(story, h.A + h.C))),
        12 or 13 or 14 => new Said(new TransactionEnded(
            NumberOf(story, h.A), h.B % 2 == 0 ? null : Tag(h.B), RegisterAt(h.B), TimeOf(story, h.C), "Local",
            h.C % 3 == 0 ? [ReadingOf(story, h)] : [])),
        15 or 16 or 17 => new Said(new MeterReported(
            PlaceOf(h.A), h.B % 4 == 0 ? null : NumberOf(story, h.B),
            [ReadingOf(story, h), ReadingOf(story, h with { A = h.C })])),
        18 or 19 => new Ordered(new StartSession(
            h.A % 2 == 0 ? "c1" : "c2", "anna", Virtual(), "VIRTUAL", TargetOf(story, h), "{}")),
        20 => new Ordered(new StopSession(AnyOf(story.Sessions.Keys.ToList(), h.A) ?? "none")),
        21 => new Ordered(new RunCommand("chargestation.reset", new ResetStation(false), null, "{}")),
        22 => new Answered(ErrandOf(story, h.A), new Receipt((Answer)(h.B % 5), "Word")),
        23 => new Handed(ErrandOf(story, h.A)),
        _ => new Said(new DataSent("vendor", null, null)),
    };

    private static Place PlaceOf(int a) => new(a % 10 == 0 ? 0 : 1 + a % 2);

    private static string Tag(int a) => (a % 4) switch { 0 => "CARD", 1 => "OTHER", 2 => "virtual", _ => "NOBODY" };

    private static Voltgate.Domain.Energy RegisterAt(int a) => Wh(Registers[a % Registers.Length]);

    private static StationTime TimeOf(Story story, int a) => (a % 8) switch
    {
        0 => StationTime.At(a),
        1 => StationTime.At(story.Now + Day),
        2 => StationTime.At(story.Now - 90 * Day),
        3 => StationTime.At(story.Now - Hour),
        4 => Zoneless(story.Now - Minute),
        5 => new StationTime(null, TimeFlaw.Unreadable, "?"),
        _ => StationTime.At(story.Now),
    };

    private static MeterReading ReadingOf(Story story, Happening h) => new(
        TimeOf(story, h.A + h.B),
        [
            (h.B % 3) switch
            {
                0 => Interval(h.A),
                1 => RegisterOf(Registers[h.A % Registers.Length], context: (ReadingContext)(h.C % 3)),
                _ => RegisterOf(1_000 + h.A, Phase.L1),
            },
            Power(h.C * 20), Volts(230), Given.Charge(h.A % 110),
        ]);

    private static int NumberOf(Story story, int a) => (a % 10) switch
    {
        0 => 0,
        1 => -1,
        2 => 424_242,
        _ => AnyOf(story.Sessions.Values.ToList(), a / 10)?.Number ?? 7,
    };

    private static SessionTarget TargetOf(Story story, Happening h) => new(
        h.B % 2 == 0 ? h.C * 1_000L : null, h.B % 3 == 0 ? Wh(h.C) : null, h.B % 5 == 0 ? h.C * 10_000L : null,
        h.B % 7 == 0 ? 80 : null, h.B % 11 == 0 ? story.Now + h.C : null, h.B % 13 == 0 ? story.Now + h.C : null);

    private static Errand ErrandOf(Story story, int a) =>
        AnyOf(story.Commands, a)?.Errand ?? new Errand(ErrandKind.Probe, "");

    private static T? AnyOf<T>(IReadOnlyList<T> all, int a) where T : class =>
        all.Count == 0 ? null : all[a % all.Count];
}
