using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Domain.Events.EventTypes;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>A session's life, from the order to the end (api-contract §3).</summary>
public sealed class StationsLifeCycleTests
{
    private readonly Story story = new() { Plan = Plan() };

    [Fact]
    public void A_session_is_created_started_and_ended()
    {
        var ordered = Assert.IsType<SessionOrdered>(story.Request()).Session;
        Assert.Equal((SessionStatus.Created, SessionSource.Api), (ordered.Status, ordered.Source));
        Assert.Equal(
            [
                new Telling(
                    new Errand(ErrandKind.Start, ordered.Id),
                    new StartCharging(new Place(1), "VIRTUAL") { Number = ordered.Number }),
            ],
            story.Commands);
        story.Answer(Answer.Accepted);
        story.Pass(10_000);
        Assert.Equal(new SessionOpened(ordered.Number, Authorization.Accepted), story.Start("VIRTUAL", 1_000));
        story.Pass(Hour);
        story.Shows(6_000);
        story.Pass(Hour);
        Assert.Equal(new SessionClosed(Authorization.Accepted), story.Stop(wh: 9_000, tag: "VIRTUAL"));

        var session = story.Session;
        Assert.Equal([SessionCreated, SessionStarted, SessionUpdated, SessionEnded], story.SessionEvents);
        Assert.Equal((SessionStatus.Ended, "Local"), (session.Status, session.StopReason));
        Assert.Equal((Noon + 10_000, Noon + 10_000 + 2 * Hour), (session.StartedAtMs, session.EndedAtMs));
        Assert.Equal((Wh(1_000), Wh(9_000), Wh(8_000)), (session.MeterStart, session.MeterStop, session.Consumed));
        Assert.Equal(4_000_000, session.CostMicros);
        Assert.Empty(session.Review);
        Assert.Empty(story.Station.Sessions);
    }

    [Fact]
    public void A_start_that_nobody_plugs_in_for_is_cancelled_after_120_seconds()
    {
        story.Request();
        story.Answer(Answer.Accepted);
        story.Pass(119_999);
        Assert.Equal(SessionStatus.Created, story.Session.Status);
        story.Pass(1);

        Assert.Equal((SessionStatus.Cancelled, "start_timeout"), (story.Session.Status, story.Session.Failure!.Code));
        Assert.Equal([SessionCreated, SessionCancelled], story.SessionEvents);
        Assert.Null(story.DueAt);
    }

    [Theory]
    [InlineData(Answer.Rejected, "rejected")]
    [InlineData(Answer.Unsupported, "unsupported")]
    [InlineData(Answer.TimedOut, "timeout")]
    public void A_start_that_the_station_refuses_or_does_not_answer_has_failed(Answer answer, string code)
    {
        story.Request();
        story.Answer(answer, "Rejected");

        Assert.Equal((SessionStatus.Cancelled, code), (story.Session.Status, story.Session.Failure!.Code));
        Assert.Equal([SessionCreated, SessionStartFailure], story.SessionEvents);
    }

    [Fact]
    public void A_start_whose_link_broke_on_the_way_waits_for_the_driver()
    {
        story.Request();
        story.Do(new LinkDown());
        story.Answer(Answer.Offline, "NotConnected");
        Assert.Equal(SessionStatus.Created, story.Session.Status);
        story.Pass(30_000);
        story.Do(new LinkUp("ocpp1.6"));
        story.Start("VIRTUAL");

        Assert.Equal(SessionStatus.Started, story.Session.Status);
        Assert.Equal([SessionCreated, SessionStarted], story.SessionEvents);
    }

    [Fact]
    public void A_created_session_is_withdrawn_by_a_stop()
    {
        var session = Assert.IsType<SessionOrdered>(story.Request()).Session;
        var stopped = Assert.IsType<SessionOrdered>(story.Order(new StopSession(session.Id))).Session;
        story.Answer(Answer.Rejected, "Rejected"); // of the start that is still under way

        Assert.Equal((SessionStatus.Cancelled, "api"), (stopped.Status, stopped.StopReason));
        Assert.Equal([SessionCreated, SessionCancelled], story.SessionEvents);
        Assert.Single(story.Commands);
    }

    [Fact]
    public void A_start_that_arrives_after_the_cancellation_is_still_a_session()
    {
        story.Request();
        story.Pass(5 * Minute);
        var opened = story.Start("VIRTUAL");

        Assert.Equal(Authorization.Accepted, opened.Authorization);
        Assert.Equal(2, story.Sessions.Count);
        var late = Assert.Single(story.Station.Sessions);
        Assert.Equal((SessionSource.Api, "anna", opened.Number), (late.Source, late.User, late.Number));
        Assert.Equal([SessionCreated, SessionCancelled, SessionStarted], story.SessionEvents);
    }

    [Fact]
    public void A_stop_by_the_api_ends_with_the_reason_api()
    {
        story.Start();
        var asked = Assert.IsType<SessionOrdered>(story.Order(new StopSession(story.Session.Id))).Session;
        Assert.Equal(SessionStatus.Started, asked.Status);
        Assert.Equal(new StopCharging(asked.Number), story.Commands[^1].Command);
        story.Answer(Answer.Accepted);
        story.Pass(Minute);
        story.Stop(reason: "Remote");

        Assert.Equal((SessionStatus.Ended, "api"), (story.Session.Status, story.Session.StopReason));
    }

    [Theory]
    [InlineData(Answer.Rejected, "rejected")]
    [InlineData(Answer.TimedOut, "timeout")]
    [InlineData(Answer.Offline, "chargestation_offline")]
    public void A_stop_that_is_refused_or_unanswered_leaves_the_session_started(Answer answer, string code)
    {
        story.Start();
        story.Order(new StopSession(story.Session.Id));
        story.Answer(answer, "Rejected");

        Assert.Equal((SessionStatus.Started, code), (story.Session.Status, story.Session.Failure!.Code));
        Assert.Equal([SessionStarted, SessionStopFailure], story.SessionEvents);
        Assert.IsType<SessionOrdered>(story.Order(new StopSession(story.Session.Id)));
        Assert.Equal(2, story.Commands.Count);
    }

    [Fact]
    public void A_stop_of_an_ended_or_unknown_session_is_refused()
    {
        story.Start();
        story.Stop();

        Assert.Equal("session_not_active", Refusal(story.Order(new StopSession(story.Session.Id))));
        Assert.Equal("session_not_active", Refusal(story.Order(new StopSession("nobody's"))));
        Assert.Empty(story.Commands);
    }

    [Fact]
    public void A_stop_while_the_station_is_away_is_refused_and_the_session_stays()
    {
        story.Start();
        story.Do(new LinkDown());

        Assert.Equal("chargestation_offline", Refusal(story.Order(new StopSession(story.Session.Id))));
        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void Starts_are_refused_in_the_contract_s_order()
    {
        story.Start();
        story.Status(ConnectorStatus.Faulted);
        story.Order(new ReviseConnector("c1", s => s with { Active = false }));
        story.Do(new LinkDown());

        Assert.Equal("not_found", Refusal(story.Request(connector: "c9")));
        Assert.Equal("connector_inactive", Refusal(story.Request()));
        story.Order(new ReviseConnector("c1", s => s with { Active = true }));
        story.Order(new ReviseStation(s => s with { Active = false }));
        Assert.Equal("connector_inactive", Refusal(story.Request()));
        story.Order(new ReviseStation(s => s with { Active = true }));
        Assert.Equal("connector_busy", Refusal(story.Request()));
        story.Stop();
        Assert.Equal("chargestation_offline", Refusal(story.Request()));
        story.Do(new LinkUp("ocpp1.6"));
        Assert.Equal("connector_unavailable", Refusal(story.Request()));
        Assert.Empty(story.Commands);
        story.Status(ConnectorStatus.Available);
        Assert.IsType<SessionOrdered>(story.Request());
    }

    [Theory]
    [InlineData(ConnectorStatus.Faulted)]
    [InlineData(ConnectorStatus.Unavailable)]
    [InlineData(ConnectorStatus.Reserved)]
    public void A_connector_that_cannot_charge_refuses_a_start(ConnectorStatus status)
    {
        story.Status(status);

        Assert.Equal("connector_unavailable", Refusal(story.Request()));
    }

    [Theory]
    [InlineData(ConnectorStatus.Available)]
    [InlineData(ConnectorStatus.Preparing)]
    [InlineData(ConnectorStatus.Finishing)]
    public void A_connector_that_can_charge_takes_a_start(ConnectorStatus status)
    {
        story.Status(status);

        Assert.IsType<SessionOrdered>(story.Request());
    }

    [Fact]
    public void A_created_session_keeps_the_connector_busy()
    {
        story.Request();

        Assert.Equal("connector_busy", Refusal(story.Request()));
    }

    [Fact]
    public void A_connector_or_station_with_an_open_session_is_not_removed()
    {
        story.Start();

        Assert.Equal("connector_busy", Refusal(story.Order(new RemoveConnector("c1"))));
        Assert.Equal("chargestation_has_sessions", Refusal(story.Order(new RemoveStation())));
        story.Stop();
        Assert.IsType<StationOrdered>(story.Order(new RemoveConnector("c1")));
        Assert.IsType<StationOrdered>(story.Order(new RemoveStation()));
        Assert.True(story.Last.IsRemoved);
    }

    private static string Refusal(OrderResult result) => Assert.IsType<OrderRefused>(result).Code;
}
