package io.tribescope.testbed.clients;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The users: keeps many sessions, each with its own cookie, over kept connections, and knows the
 * truth about them. Thread-safe.
 */
public final class Client implements AutoCloseable {
  private final Http http;
  private final Tally tally = new Tally();
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final List<Load> loads = new CopyOnWriteArrayList<>();

  /**
   * Makes a client.
   *
   * @param timeout for the answer to a request
   */
  public Client(Duration timeout) {
    this.http = new Http(timeout);
  }

  /** A session that does not exist yet: its first write creates it. */
  public Session session(Endpoint endpoint) {
    Session session = new Session(http, tally, endpoint);
    sessions.add(session);
    return session;
  }

  /** Creates a session by one request, without an attribute. */
  public Session create(Endpoint endpoint) {
    Session session = session(endpoint);
    session.create();
    return session;
  }

  /** Creates a number of sessions, by one request each. */
  public List<Session> create(Endpoint endpoint, int number) {
    List<Session> created = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      created.add(create(endpoint));
    }
    return created;
  }

  /**
   * A user who comes with an old or a forged cookie.
   *
   * @param id of the session that the user claims to have, with its route
   */
  public Session returning(Endpoint endpoint, String id) {
    return session(endpoint).withId(id);
  }

  /** All sessions ever made. */
  public List<Session> sessions() {
    return List.copyOf(sessions);
  }

  /** What was done so far. */
  public Totals totals() {
    return tally.totals();
  }

  /** Reads every session that should exist, by one request each, and compares. */
  public Verdict verify() {
    List<Session> survived = new ArrayList<>();
    List<Session> lost = new ArrayList<>();
    List<Session> stale = new ArrayList<>();
    List<Session> unanswered = new ArrayList<>();
    for (Session session : sessions) {
      if (!session.exists()) {
        continue;
      }
      try {
        switch (session.verify()) {
          case SURVIVED -> survived.add(session);
          case LOST -> lost.add(session);
          case STALE -> stale.add(session);
        }
      } catch (UncheckedIOException e) {
        unanswered.add(session);
      }
    }
    return new Verdict(
        List.copyOf(survived), List.copyOf(lost), List.copyOf(stale), List.copyOf(unanswered));
  }

  /**
   * Writes steadily in the background, into each of a number of new sessions in turn, until the
   * duration is over or the load is closed. Requests that fail are counted, and the load goes on.
   *
   * @param perSecond requests a second; a turn is left out while that session still waits for an
   *     answer, so a slow server makes the rate lower and never a backlog
   */
  public Load load(Endpoint endpoint, int sessions, int perSecond, Duration duration) {
    List<Session> its = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      its.add(session(endpoint));
    }
    Load load = new Load(its, perSecond, duration);
    loads.add(load);
    return load;
  }

  /** Ends every load; the sessions stay as they are. */
  @Override
  public void close() {
    loads.forEach(Load::close);
  }
}
