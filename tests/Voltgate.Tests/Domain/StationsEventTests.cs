using Voltgate.Domain;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Transactions of 2.x, told in numbered pieces (2.0.1 part 2 §E).</summary>
public sealed class StationsEventTests
{
    private long startedAt;
    private readonly Story story = new(Station() with { Protocol = "ocpp2.0.1" }) { Plan = Plan() };

    [Fact]
    public void A_card_a_cable_and_energy_are_one_session_with_a_bill()
    {
        var begun = Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD", state: "EVConnected");
        Tell(1, TransactionMoment.Updated, state: "Charging", minutes: 1);
        Tell(2, TransactionMoment.Updated, wh: 3_000, minutes: 15);
        var ended = Tell(3, TransactionMoment.Ended, wh: 5_000, minutes: 30, reason: "EVDisconnected");

        var session = story.Session;
        Assert.Equal((SessionStatus.Ended, "EVDisconnected"), (session.Status, session.StopReason));
        Assert.Equal((Wh(4_000), 2_000_000L), (session.Consumed, session.CostMicros));
        Assert.Equal(("tx-1", "0-3"), (session.Transaction, session.Sequences));
        Assert.Equal(SessionSource.Rfid, session.Source);
        Assert.Equal(Authorization.Accepted, begun.Authorization);
        Assert.Equal((null, 2_000_000L), (ended.Authorization, ended.CostMicros));
        Assert.Equal(["session.started", "session.updated", "session.ended"], story.SessionEvents.Distinct());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(30, true)]
    public void Where_the_beginning_tells_no_register_the_first_one_begins_the_count(int minutes, bool isDoubtful)
    {
        Tell(0, TransactionMoment.Started, tag: "CARD");
        Assert.Null(story.Session.MeterStart);
        Tell(1, TransactionMoment.Updated, wh: 1_234_000, minutes: minutes);
        Tell(2, TransactionMoment.Ended, wh: 1_235_000, minutes: minutes + 10);

        Assert.Equal(
            (Wh(1_234_000), Wh(1_235_000), Wh(1_000)),
            (story.Session.MeterStart, story.Session.MeterStop, story.Session.Consumed));
        Assert.Equal(isDoubtful, story.Session.Review.Contains("start_register_missing"));
    }

    [Fact]
    public void A_piece_that_comes_again_counts_once_and_is_answered_the_same()
    {
        for (var i = 0; i < 3; i++) Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD");
        for (var i = 0; i < 3; i++) Tell(1, TransactionMoment.Updated, wh: 2_000, minutes: 5);
        for (var i = 0; i < 3; i++) Tell(2, TransactionMoment.Ended, wh: 3_000, minutes: 9);
        Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD");

        Assert.Equal((Wh(2_000), 1), (story.Session.Consumed, story.SessionEvents.Count(e => e == "session.ended")));
        Assert.Equal(["repeated"], story.Last.Remarks);
    }

    [Fact]
    public void A_remote_start_is_known_by_its_number_whatever_the_tag()
    {
        story.Request();
        var number = Assert.IsType<StartCharging>(story.Commands[^1].Command).Number;
        Tell(7, TransactionMoment.Started, wh: 10, requested: number);

        Assert.Equal((number, SessionStatus.Started), (story.Session.Number, story.Session.Status));
        Assert.Equal(SessionSource.Api, story.Session.Source);
    }

    [Fact]
    public void A_cable_alone_is_no_session_until_somebody_is_let_in()
    {
        Tell(0, TransactionMoment.Started, wh: 1_000, state: "EVConnected");
        Assert.Empty(story.Sessions);
        story.Request();
        var number = Assert.IsType<StartCharging>(story.Commands[^1].Command).Number;
        Tell(1, TransactionMoment.Updated, requested: number, tag: "VIRTUAL", state: "Charging", minutes: 2);

        var session = story.Session;
        Assert.Equal((number, Noon, Wh(1_000)), (session.Number, session.StartedAtMs, session.MeterStart));
        Assert.Equal("Charging", session.ChargingState);
        Assert.Null(story.Station.Waiting);
    }

    [Fact]
    public void A_cable_that_is_pulled_before_anybody_was_let_in_is_forgotten()
    {
        Tell(0, TransactionMoment.Started, wh: 1_000, state: "EVConnected");
        Tell(1, TransactionMoment.Ended, wh: 1_000, minutes: 2, reason: "EVDisconnected");

        Assert.Empty(story.Sessions);
        Assert.Null(story.Station.Waiting);
    }

    [Fact]
    public void Energy_without_a_driver_is_a_session_of_the_station_that_a_later_card_takes_over()
    {
        Tell(0, TransactionMoment.Started, wh: 1_000, state: "EVConnected");
        Tell(1, TransactionMoment.Updated, wh: 1_000, state: "Charging");
        Assert.Equal((SessionSource.Station, ""), (story.Session.Source, story.Session.IdTag));
        var shown = Tell(2, TransactionMoment.Updated, tag: "CARD", minutes: 1);

        Assert.Equal(("CARD", "t-CARD", "anna"), (story.Session.IdTag, story.Session.Token, story.Session.User));
        Assert.Equal(Authorization.Accepted, shown.Authorization);
    }

    [Fact]
    public void A_beginning_that_never_comes_is_waited_for_and_then_done_without()
    {
        Tell(4, TransactionMoment.Updated, wh: 2_000, tag: "CARD");
        Assert.Empty(story.Sessions);
        story.Pass(ArrivalMachine.PatienceMs);
        story.Say(new Pulsed());

        Assert.Contains("start_missing", story.Session.Review);
        Assert.Equal("anna", story.Session.User);
        Tell(5, TransactionMoment.Ended, wh: 3_000, minutes: 10);
        Assert.Equal((SessionStatus.Ended, Wh(1_000)), (story.Session.Status, story.Session.Consumed));
    }

    [Fact]
    public void An_end_alone_is_billed_by_a_pulse_once_it_has_waited_long_enough()
    {
        Tell(4, TransactionMoment.Updated, wh: 2_000, tag: "CARD");
        Tell(5, TransactionMoment.Ended, wh: 3_000, minutes: 1, reason: "EVDisconnected");
        Assert.Empty(story.Sessions);
        story.Pass(ArrivalMachine.PatienceMs);
        Assert.IsType<PulseAnswered>(story.Say(new Pulsed()));

        Assert.Contains("start_missing", story.Session.Review);
        Assert.Equal((SessionStatus.Ended, Wh(1_000), 500_000L),
            (story.Session.Status, story.Session.Consumed, story.Session.CostMicros));
        story.Say(new Pulsed());
        Assert.Single(story.Sessions);
    }

    [Fact]
    public void An_end_that_comes_first_waits_for_the_rest()
    {
        Tell(2, TransactionMoment.Ended, wh: 5_000, minutes: 30);
        Tell(1, TransactionMoment.Updated, wh: 3_000, minutes: 15);
        Assert.Empty(story.Sessions);
        Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD");

        Assert.Equal((SessionStatus.Ended, Wh(4_000)), (story.Session.Status, story.Session.Consumed));
        Assert.DoesNotContain("sequence_gap", story.Session.Review);
    }

    [Fact]
    public void A_gap_is_shown_to_a_person_and_charges_nothing_less()
    {
        Tell(10, TransactionMoment.Started, wh: 1_000, tag: "CARD");
        Tell(14, TransactionMoment.Ended, wh: 2_000, minutes: 30);

        Assert.Contains("sequence_gap", story.Session.Review);
        Assert.Equal(Wh(1_000), story.Session.Consumed);
    }

    [Fact]
    public void What_was_lost_with_the_station_is_closed_by_its_own_word()
    {
        Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD");
        Tell(1, TransactionMoment.Updated, wh: 1_500, minutes: 5);
        story.Do(new LinkDown());
        story.Pass(Hour);
        story.Do(new LinkUp("ocpp2.0.1"));
        story.Do(new LinkSettled());
        var asked = story.Commands[^1];
        Assert.Equal("tx-1", Assert.IsType<ReadTransaction>(asked.Command).Transaction);
        Stand(asked, ongoing: true, queue: false);
        Stand(asked, ongoing: false, queue: true);
        Assert.Equal(SessionStatus.Started, story.Session.Status);
        Stand(asked, ongoing: false, queue: false);

        Assert.Equal((SessionStatus.Ended, Wh(500)), (story.Session.Status, story.Session.Consumed));
        Assert.Contains("end_missing", story.Session.Review);
        Tell(2, TransactionMoment.Ended, wh: 1_800, minutes: 20);
        Assert.Equal(Wh(800), story.Session.Consumed); // it was in the queue after all
    }

    [Fact]
    public void A_station_that_counts_its_transactions_from_the_beginning_again_loses_none()
    {
        Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD");
        Tell(1, TransactionMoment.Ended, wh: 2_000, minutes: 9);
        story.Pass(Day);
        startedAt = 0;
        Tell(0, TransactionMoment.Started, wh: 2_000, tag: "CARD");
        Tell(0, TransactionMoment.Started, wh: 2_000, tag: "CARD");
        Tell(1, TransactionMoment.Ended, wh: 5_000, minutes: 9);
        Tell(1, TransactionMoment.Ended, wh: 5_000, minutes: 9);

        Assert.Equal([Wh(1_000), Wh(3_000)], story.Sessions.Values.Select(s => s.Consumed).Order());
    }

    [Fact]
    public void The_verdict_on_another_card_is_that_card_s_own()
    {
        Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD");
        Assert.Equal(Authorization.Accepted, Tell(1, TransactionMoment.Updated, tag: "OTHER").Authorization);
        Assert.Equal(Authorization.Invalid, Tell(2, TransactionMoment.Updated, tag: "NOBODY").Authorization);
        Assert.Equal("CARD", story.Session.IdTag);
    }

    [Theory]
    [InlineData(1, 0)] // 1.6 said connector 1
    [InlineData(1, 1)]
    [InlineData(0, 1)] // the EVSE alone
    public void A_connector_stays_the_same_one_when_the_station_changes_its_version(int connector, int evse)
    {
        story.Say(new ConnectorReported(
            new Place(connector, evse), ConnectorStatus.Available, "NoError", null, null, StationTime.At(Noon)));
        Tell(0, TransactionMoment.Started, wh: 1_000, tag: "CARD");

        Assert.Equal("c1", Assert.Single(story.Station.Connectors).Id);
        Assert.Equal("c1", story.Session.Connector);
    }

    private TransactionNoted Tell(
        int sequence, TransactionMoment moment, decimal? wh = null, string? tag = null, string? state = null,
        double minutes = 0, int? requested = null, string? reason = null)
    {
        if (startedAt == 0) startedAt = story.Now;
        var at = startedAt + (long)(minutes * Minute);
        story.Now = Math.Max(story.Now, at);
        return (TransactionNoted)story.Say(new TransactionTold(
            "tx-1", sequence, moment, StationTime.At(at), new Place(1, 1), wh is { } shown ? [Register(at, shown)] : [])
        {
            IdTag = tag, ChargingState = state, Requested = requested, StopReason = reason,
        });
    }

    private void Stand(Telling asked, bool ongoing, bool queue) => story.Do(new Answered(
        asked.Errand, new Receipt(Answer.Accepted, "Accepted") { Standing = new TransactionStanding(ongoing, queue) }));
}
