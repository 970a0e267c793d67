using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>A station's connection, and what it says of itself and its connectors.</summary>
public sealed class StationsLinkTests
{
    private readonly Story story = new(Given.Station(connectors: 2));

    [Fact]
    public void A_link_that_goes_and_comes_is_told_of_once_each()
    {
        story.Do(new LinkDown());
        story.Do(new LinkDown());
        Assert.False(story.Station.Online);
        story.Pass(Minute);
        story.Do(new LinkUp("ocpp1.6"));
        story.Do(new LinkUp("ocpp1.6"));

        Assert.Equal([EventTypes.StationOffline, EventTypes.StationOnline], story.EventTypes);
        Assert.Equal(
            (true, (long?)Noon + Minute, (long?)Noon),
            (story.Station.Online, story.Station.LastConnectAtMs, story.Station.LastDisconnectAtMs));
    }

    [Fact]
    public void What_is_only_for_people_is_told_and_changes_nothing_else()
    {
        var before = story.Station;

        Assert.IsType<Noted>(story.Say(new Filed("NotifyEvent", "{}")));

        Assert.Equal(before with { LastMessageAtMs = story.Now, EventSeq = 1 }, story.Station);
        Assert.Equal(new FiledEvent("NotifyEvent", "{}"), Assert.Single(story.Events));
        Assert.IsType<Noted>(story.Say(new Filed("NotifyPeriodicEventStream", "{}")));
        Assert.Single(story.Events);
        Assert.Empty(story.Commands);
    }

    [Fact]
    public void An_event_that_tells_a_connectors_status_counts_as_its_report()
    {
        ConnectorReported Faulted(int connector) =>
            new(new Place(connector), ConnectorStatus.Faulted, "OtherError", null, null, null);

        story.Say(new Filed("NotifyEvent", "{}") { Statuses = [Faulted(1), Faulted(99)] });

        Assert.Equal([EventTypes.StationMessage, EventTypes.ConnectorStatusUpdated], story.EventTypes);
        Assert.Equal(ConnectorStatus.Faulted, story.Station.ConnectorAt(new Place(1))!.Report!.Status);
        Assert.Null(story.Station.ConnectorAt(new Place(99)));
    }

    [Fact]
    public void A_restart_of_ours_closes_nothing()
    {
        story.Start();
        story.Start("OTHER", connector: 2);
        var open = story.Station.Sessions;
        story.Do(new LinkDown());
        story.Pass(Hour);
        story.Do(new LinkUp("ocpp1.6"));

        Assert.Equal(open, story.Station.Sessions);
    }

    [Fact]
    public void When_the_link_has_settled_open_sessions_are_asked_where_they_stand()
    {
        story.Start();
        Relink();
        story.Start("OTHER", connector: 2);
        var open = story.Station.Sessions;
        story.Pass(5 * Minute);
        story.Do(new LinkSettled());

        var asked = Assert.Single(story.Commands);
        Assert.Equal(new TriggerReport("StatusNotification", new Place(1)), asked.Command);
        Assert.Equal(open, story.Station.Sessions);
    }

    [Fact]
    public void A_session_that_was_heard_of_since_is_not_asked_for()
    {
        story.Start();
        Relink();
        story.Shows(1_100);
        story.Do(new LinkSettled());

        Assert.Empty(story.Commands);
    }

    [Fact]
    public void A_station_that_left_again_is_asked_nothing()
    {
        story.Start();
        Relink();
        story.Do(new LinkDown());
        story.Do(new LinkSettled());

        Assert.Empty(story.Commands);
    }

    [Fact]
    public void A_connector_free_after_a_time_without_a_link_lets_its_session_be_given_up()
    {
        story.Start();
        Relink();
        story.Status(ConnectorStatus.Available);
        story.Pass(Day - 1);
        Assert.Equal(SessionStatus.Started, story.Session.Status);
        story.Pass(1);

        Assert.Equal((SessionStatus.Ended, "policy"), (story.Session.Status, story.Session.StopReason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_session_that_shows_itself_after_all_is_not_given_up(bool byMeter)
    {
        story.Start();
        Relink();
        story.Status(ConnectorStatus.Available);
        story.Pass(Hour);
        if (byMeter) story.Shows(3_000);
        else story.Status(ConnectorStatus.Charging);
        story.Pass(11 * Hour - 1); // the time limit of 12 h asks for a stop, which nobody answers
        story.Pass(2 * Day);

        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    private void Relink()
    {
        story.Pass(Minute);
        story.Do(new LinkDown());
        story.Pass(Hour);
        story.Do(new LinkUp("ocpp1.6"));
    }

    [Fact]
    public void A_boot_is_accepted_with_our_time_and_the_pulse()
    {
        story.Pass(Minute);

        Assert.Equal(
            new BootAnswered(true, Noon + Minute, 300),
            story.Say(new Booted(new BootInfo("", "", FirmwareVersion: "2"))));
        Assert.Equal(("2", Noon + Minute), (story.Station.BootInfo!.FirmwareVersion, story.Station.LastBootAtMs));
        Assert.Equal([EventTypes.StationBoot], story.EventTypes);
    }

    [Fact]
    public void A_pulse_is_answered_with_our_time_and_changes_only_when_it_was_heard()
    {
        var before = story.Station;
        Assert.Equal(new PulseAnswered(Noon), story.Say(new Pulsed()));

        Assert.Equal(before with { LastMessageAtMs = Noon }, story.Station);
        Assert.Empty(story.Events);
    }

    [Fact]
    public void Data_of_an_unknown_vendor_is_answered_so() => Assert.Equal(
        new DataAnswered(DataVerdict.UnknownVendorId), story.Say(new DataSent("com.example", "m", "{}")));

    [Fact]
    public void Firmware_and_diagnostics_are_kept_and_told()
    {
        story.Say(new FirmwareReported("Installing"));
        story.Say(new DiagnosticsReported("Uploaded"));

        Assert.Equal(("Installing", "Uploaded"), (story.Station.FirmwareStatus, story.Station.DiagnosticsStatus));
        Assert.Equal([EventTypes.FirmwareStatus, EventTypes.DiagnosticsStatus], story.EventTypes);
    }

    [Fact]
    public void A_suspicion_becomes_a_security_event()
    {
        story.Do(new Suspected("duplicate_connection", "A second socket."));

        Assert.Equal("duplicate_connection", Assert.Single(story.Events.OfType<SecurityNotice>()).Kind);
    }

    [Fact]
    public void A_status_is_told_once_with_the_connector_that_changed()
    {
        story.Status(ConnectorStatus.Preparing, connector: 2);
        story.Status(ConnectorStatus.Preparing, connector: 2);

        var told = Assert.Single(story.Events.OfType<StationEvent>());
        Assert.Equal(EventTypes.ConnectorStatusUpdated, told.Type);
        Assert.Equal("c2", Assert.Single(told.Connectors!.Value).Id);
        Assert.Equal(ConnectorStatus.Preparing, story.Station.ConnectorById("c2")!.Status);
        Assert.Null(story.Station.ConnectorById("c1")!.Status);
    }

    [Fact]
    public void A_status_of_the_whole_station_makes_no_connector()
    {
        story.Status(ConnectorStatus.Available, connector: 0);

        Assert.Equal(2, story.Station.Connectors.Length);
        Assert.Empty(story.Events);
    }

    [Fact]
    public void A_connector_that_nobody_created_is_created_by_its_status()
    {
        story.Status(ConnectorStatus.Available, connector: 3);

        Assert.Equal(["connector.created", EventTypes.ConnectorStatusUpdated], story.EventTypes);
        Assert.Equal(ConnectorStatus.Available, story.Station.ConnectorAt(new Place(3))!.Status);
    }

    [Fact]
    public void An_older_status_does_not_replace_a_newer_one()
    {
        story.Status(ConnectorStatus.Charging);
        story.Status(ConnectorStatus.Faulted, Noon - 1);

        Assert.Equal(ConnectorStatus.Charging, story.Station.Connectors[0].Status);
    }

    [Fact]
    public void A_status_without_a_time_or_with_a_mad_one_is_of_now()
    {
        story.Say(new ConnectorReported(new Place(1), ConnectorStatus.Charging, "NoError", null, null, null));
        story.Pass(Minute);
        story.Status(ConnectorStatus.Finishing, 0);

        Assert.Equal(
            (ConnectorStatus.Finishing, Noon + Minute),
            (story.Station.Connectors[0].Report!.Status, story.Station.Connectors[0].Report!.AtMs));
    }
}
