using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Starts at the station: who may charge, and which request a start answers.</summary>
public sealed class StationsCardTests
{
    private readonly Story story = new(Given.Station(connectors: 2));

    [Fact]
    public void A_known_card_starts_a_session_of_its_user()
    {
        Assert.Equal(Authorization.Accepted, story.Start().Authorization);

        var session = story.Session;
        Assert.Equal(
            (SessionSource.Rfid, "anna", "t-CARD", "CARD"),
            (session.Source, session.User, session.Token, session.IdTag));
        Assert.Equal([EventTypes.SessionStarted], story.SessionEvents);
    }

    [Fact]
    public void An_unknown_card_is_refused_and_its_session_is_recorded()
    {
        Assert.Equal(Authorization.Invalid, story.Start("NOBODY").Authorization);

        var session = story.Session;
        Assert.Equal((SessionStatus.Started, SessionSource.Station), (session.Status, session.Source));
        Assert.Equal((null, "NOBODY"), (session.User, session.IdTag));
        Assert.Equal(["unknown_token"], session.Review);
        Assert.Equal("NOBODY", Assert.Single(story.Events.OfType<UnknownTokenEvent>()).PhysicalId);
    }

    [Fact]
    public void An_unknown_card_that_is_only_shown_is_told_of_too()
    {
        Assert.Equal(new TokenJudged(Authorization.Invalid), story.Say(new TokenPresented("NOBODY")));
        Assert.Equal([EventTypes.TokenUnknown], story.EventTypes);
    }

    [Fact]
    public void Blocked_expired_and_inactive_are_told_apart()
    {
        story.Tokens["blocked"] = Card("BLOCKED") with { Active = false };
        story.Tokens["gone"] = Card("GONE") with { UserActive = false };
        story.Tokens["old"] = Card("OLD") with { ExpiresAtMs = Noon };
        story.Tokens["fresh"] = Card("FRESH") with { ExpiresAtMs = Noon + 1 };

        Assert.Equal(new TokenJudged(Authorization.Blocked), story.Say(new TokenPresented("BLOCKED")));
        Assert.Equal(new TokenJudged(Authorization.Blocked), story.Say(new TokenPresented("GONE")));
        Assert.Equal(new TokenJudged(Authorization.Expired), story.Say(new TokenPresented("OLD")));
        Assert.Equal(
            new TokenJudged(Authorization.Accepted, new TagGrant(null, Noon + 1)),
            story.Say(new TokenPresented("FRESH")));
        Assert.Equal(Authorization.Blocked, story.Start("BLOCKED").Authorization);
        Assert.Equal(SessionStatus.Started, story.Session.Status); // its energy flows all the same
    }

    [Fact]
    public void A_tag_s_case_does_not_matter()
    {
        story.Request();
        Assert.Equal(Authorization.Accepted, story.Start("virtual").Authorization);

        Assert.Equal((SessionStatus.Started, SessionSource.Api), (story.Session.Status, story.Session.Source));
        Assert.Equal(new SessionClosed(Authorization.Accepted), story.Stop(tag: "Virtual"));
    }

    [Fact]
    public void A_second_session_of_a_card_is_recorded_and_answered_ConcurrentTx()
    {
        story.Start();
        story.Pass(Minute);

        Assert.Equal(Authorization.ConcurrentTx, story.Start("card", connector: 2).Authorization);
        Assert.Equal(2, story.Station.Sessions.Length);
    }

    [Fact]
    public void A_card_that_charges_at_another_station_is_answered_ConcurrentTx()
    {
        story.ChargingElsewhere.Add("t-CARD");

        Assert.Equal(Authorization.ConcurrentTx, story.Start().Authorization);
        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void Where_the_operator_allows_it_a_card_may_charge_twice()
    {
        var lenient = new Story(Given.Station(connectors: 2)) { Rules = new Rules(AllowConcurrentTokens: true) };
        lenient.ChargingElsewhere.Add("t-CARD");
        lenient.Start();

        Assert.Equal(Authorization.Accepted, lenient.Start(connector: 2).Authorization);
    }

    [Fact]
    public void Another_card_does_not_take_a_request_that_is_waiting()
    {
        story.Request();
        story.Start("OTHER");

        Assert.Equal([SessionStatus.Created, SessionStatus.Started], story.Station.Sessions.Select(s => s.Status));
        Assert.Equal(SessionSource.Rfid, story.Station.Sessions[1].Source);
        story.Pass(2 * Minute);
        Assert.Equal(SessionStatus.Cancelled, story.Sessions.Values.Single(s => s.Source == SessionSource.Api).Status);
    }

    [Fact]
    public void A_request_follows_its_driver_to_another_connector()
    {
        story.Request(connector: "c1");
        story.Start("VIRTUAL", connector: 2);

        Assert.Equal((SessionStatus.Started, "c2", new Place(2)),
            (story.Session.Status, story.Session.Connector, story.Session.Place));
    }

    [Fact]
    public void Of_two_requests_of_one_driver_the_one_on_the_connector_is_taken()
    {
        story.Request(connector: "c1");
        story.Request(connector: "c2");
        var opened = story.Start("VIRTUAL", connector: 2);

        var (first, second) = (story.Station.Sessions[0], story.Station.Sessions[1]);
        Assert.Equal((SessionStatus.Created, "c1"), (first.Status, first.Connector));
        Assert.Equal((SessionStatus.Started, "c2", opened.Number), (second.Status, second.Connector, second.Number));
    }

    [Fact]
    public void A_start_on_a_connector_that_nobody_created_creates_it()
    {
        story.Start(connector: 7);

        Assert.Equal(new Place(7), story.Station.ConnectorById(story.Session.Connector)!.Place);
        Assert.Contains("connector.created", story.EventTypes);
    }

    [Fact]
    public void A_stop_without_a_tag_gets_no_verdict() => Assert.Equal(new SessionClosed(null), Stopped(null));

    [Fact]
    public void A_stop_by_another_known_card_is_accepted() =>
        Assert.Equal(new SessionClosed(Authorization.Accepted), Stopped("OTHER"));

    [Fact]
    public void A_stop_by_an_unknown_card_is_a_stop_all_the_same()
    {
        Assert.Equal(new SessionClosed(Authorization.Invalid), Stopped("NOBODY"));
        Assert.Equal(SessionStatus.Ended, story.Session.Status);
    }

    [Fact]
    public void A_card_that_is_shown_while_it_charges_is_accepted()
    {
        story.Start();
        story.ChargingElsewhere.Add("t-CARD");

        Assert.Equal(new TokenJudged(Authorization.Accepted), story.Say(new TokenPresented("CARD")));
    }

    [Fact]
    public void A_stop_s_verdict_is_what_the_card_would_get_at_a_start()
    {
        story.Start("NOBODY");
        Assert.Equal(new SessionClosed(Authorization.Invalid), story.Stop(tag: "NOBODY"));
        story.Tokens["card"] = Card() with { Active = false };
        story.Start();
        var number = story.Station.Sessions[0].Number;
        Assert.Equal(new SessionClosed(Authorization.Blocked), story.Stop(number, tag: "CARD"));
        story.Tokens["card"] = Card() with { ExpiresAtMs = Noon };
        Assert.Equal(new SessionClosed(Authorization.Expired), story.Stop(number, tag: "CARD"));
    }

    [Fact]
    public void A_box_with_one_connector_may_call_it_0()
    {
        var box = new Story();
        box.Start(connector: 0);
        Assert.Equal(new Place(1), box.Session.Place);

        var blank = new Story(Given.Station(connectors: 0));
        blank.Start(connector: 0);
        Assert.Equal(new Place(1), Assert.Single(blank.Station.Connectors).Place);
    }

    private SessionClosed Stopped(string? tag)
    {
        story.Start();
        return story.Stop(tag: tag);
    }
}
