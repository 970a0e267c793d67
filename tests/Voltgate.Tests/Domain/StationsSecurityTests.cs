using Voltgate.Domain.Events;
using Voltgate.Domain.Stations;

namespace Voltgate.Tests.Domain;

/// <summary>Security events of stations (reliability O32): all are told, a flood of them in few words.</summary>
public class StationsSecurityTests
{
    private const long Second = 1_000;

    [Fact]
    public void A_thousand_a_minute_are_told_once_at_once_and_once_with_their_number()
    {
        var flood = new Flood();
        for (var i = 0; i < 1_000; i++) flood.Say("InvalidMessages", i * 60, $"frame {i}");

        Assert.Equal(["InvalidMessages x1 frame 0"], flood.Told);

        flood.Pulse(61 * Second);
        Assert.Equal(["InvalidMessages x1 frame 0", "InvalidMessages x999 frame 999"], flood.Told);
    }

    [Fact]
    public void A_flood_that_lasts_is_told_once_a_minute()
    {
        var flood = new Flood();
        for (var minute = 0; minute < 10; minute++)
            for (var i = 0; i < 100; i++) flood.Say("InvalidMessages", (minute * 60 * Second) + (i * 600), null);

        Assert.Equal(10, flood.Told.Count);
        flood.Pulse(11 * 60 * Second);
        Assert.Equal(1_000, flood.Times);
    }

    [Fact]
    public void Kinds_that_are_made_up_do_not_make_a_flood_of_events()
    {
        var flood = new Flood();
        for (var i = 0; i < 1_000; i++) flood.Say($"Made{i}", i, null);
        flood.Pulse(61 * Second);

        Assert.Equal(33, flood.Told.Count);
        Assert.Equal("other x968 ", flood.Told[^1]);
        Assert.Equal(1_000, flood.Times);
    }

    [Fact]
    public void After_a_quiet_minute_nothing_is_remembered()
    {
        var flood = new Flood();
        flood.Say("InvalidMessages", 0, null);
        flood.Pulse(61 * Second);

        Assert.Null(flood.Station.Bursts);
        Assert.Single(flood.Told);
    }

    [Fact]
    public void What_is_longer_than_the_whitepaper_allows_is_cut()
    {
        var flood = new Flood();
        flood.Say(new string('k', 80), 0, new string('d', 4_000));

        Assert.Equal($"{new string('k', 50)} x1 {new string('d', 255)}", Assert.Single(flood.Told));
    }

    private sealed class Flood
    {
        private static readonly Known Nothing = new(new Rules(), default);

        public ChargeStation Station { get; private set; } = Given.Station();

        public List<string> Told { get; } = [];

        public int Times { get; private set; }

        public void Say(string kind, long afterMs, string? detail) =>
            Step(new SecurityReported(kind, StationTime.At(Given.Noon + afterMs), detail), afterMs);

        public void Pulse(long afterMs) => Step(new Pulsed(), afterMs);

        private void Step(StationMessage message, long afterMs)
        {
            var outcome = StationMachine.Step(Station, new Said(message), Nothing, Given.Noon + afterMs);
            Station = outcome.Next;
            foreach (var notice in outcome.Events.Cast<SecurityNotice>())
            {
                Told.Add($"{notice.Kind} x{notice.Report!.Times} {notice.Detail}");
                Times += notice.Report.Times;
            }
        }
    }
}
