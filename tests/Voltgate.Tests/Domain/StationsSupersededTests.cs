using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>
/// Two starts on one connector, and readings that name no session (reliability §9.2, quirks 25 and 29).
/// </summary>
public sealed class StationsSupersededTests
{
    private readonly Story story = new(Given.Station(connectors: 2));

    [Fact]
    public void A_second_start_on_a_connector_supersedes_the_first_at_its_last_reading()
    {
        var first = story.Start("CARD", 1_000).Number;
        story.Pass(10 * Minute);
        story.Meter(first, Register(story.Now, 2_000));
        story.Pass(10 * Minute);
        story.Start("OTHER", 2_500);

        var closed = story.Sessions.Values.Single(s => s.Number == first);
        Assert.Equal((SessionStatus.Ended, "policy"), (closed.Status, closed.StopReason));
        Assert.Equal((Noon + 10 * Minute, Wh(1_000)), (closed.EndedAtMs, closed.Consumed));
        Assert.Equal(["superseded"], closed.Review);
        Assert.Equal("OTHER", Assert.Single(story.Station.Sessions).IdTag);
    }

    [Fact]
    public void The_true_stop_of_a_superseded_session_corrects_it_once()
    {
        var first = story.Start("CARD", 1_000).Number;
        story.Pass(10 * Minute);
        story.Start("OTHER", 2_500);
        story.Stop(first, 2_400, StationTime.At(Noon + 9 * Minute));
        var corrected = story.Sessions.Values.Single(s => s.Number == first);
        Assert.Equal((Noon + 9 * Minute, Wh(1_400), "Local"),
            (corrected.EndedAtMs, corrected.Consumed, corrected.StopReason));
        story.Stop(first, 9_999);

        corrected = story.Sessions.Values.Single(s => s.Number == first);
        Assert.Equal(Wh(1_400), corrected.Consumed);
        Assert.Equal(["reopened_by_late_message", "second_stop", "superseded"], corrected.Review);
        Assert.Equal("OTHER", Assert.Single(story.Station.Sessions).IdTag);
    }

    [Fact]
    public void Meter_values_without_a_number_belong_to_the_session_on_their_connector()
    {
        story.Start();
        story.Pass(Minute);
        story.Meter(0, Register(story.Now, 1_100));
        story.Pass(Minute);
        story.Meter(null, Register(story.Now, 1_200));
        story.Meter(2, null, Register(story.Now, 77_000));

        Assert.Equal(Wh(200), story.Session.Consumed);
    }

    [Fact]
    public void Meter_values_after_the_stop_count_no_more()
    {
        var number = story.Start().Number;
        story.Pass(Hour);
        story.Stop(number, 3_000);
        var ended = story.Session;
        story.Meter(number, Register(story.Now, 3_100));
        story.Meter(0, Register(story.Now, 3_100));
        story.Meter(424_242, Register(story.Now, 3_100));

        Assert.Equal(ended, story.Session);
    }

    [Fact]
    public void A_start_that_is_older_than_what_runs_there_does_not_end_it()
    {
        var today = story.Start("CARD", 9_000).Number;
        var old = story.Start("OTHER", 1_000, StationTime.At(Noon - Day)).Number;
        Assert.Equal(today, Assert.Single(story.Station.Sessions).Number);
        story.Stop(old, 4_000, StationTime.At(Noon - Day + Hour));
        story.Pass(Hour);
        story.Stop(today, 12_000);

        Assert.Equal([Wh(3_000), Wh(3_000)], story.Sessions.Values.Select(s => s.Consumed));
        Assert.Empty(story.Sessions.Values.Single(s => s.Number == today).Review);
        Assert.Equal(
            ["reopened_by_late_message", "superseded"], story.Sessions.Values.Single(s => s.Number == old).Review);
    }
}
